import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readModel, readSafetensors, type Tensor, writeModel, writeSafetensors } from "@unroll/io";
import { writeNpy, writeNpz } from "@unroll/io/numpy";
import { readOnnx, writeOnnx } from "@unroll/io/onnx";
import { sequenceModel } from "@unroll/model";
import { elman } from "@unroll/rnn-cell";
import { beforeAll, describe, expect, test } from "vitest";
import { runHere } from "./run-here.ts";
import { folderForTests, SMALL, smallFile } from "./small.ts";

const folder = folderForTests();
const at = (name: string): string => join(folder, name);
const model = at("sea.safetensors");

beforeAll(async () => {
  const sea = smallFile(folder);
  const { code } = await runHere(["train", "text", "--quiet", ...SMALL, "--data", sea, "--out", model]);
  expect(code).toBe(0);
});

const written = async (file: string): Promise<string> =>
  (await runHere(["generate", file, "--length", "80", "--temperature", "0"])).stdout;

const parametersOf = (file: string): Buffer => {
  const { data, offset, size } = readModel(readFileSync(file)).model.parameters;
  return Buffer.from(data.slice(offset, offset + size).buffer);
};

describe("out and in again, a network is the same", () => {
  test.each([
    ["onnx", "sea.onnx", []],
    ["pytorch", "sea.pytorch.safetensors", []],
    ["keras", "sea.npz", ["--like", model]],
  ])("%s", async (to, name, options) => {
    const exported = await runHere(["export", model, "--to", to]);
    expect(exported.code).toBe(0);
    expect(exported.stdout).toMatch(/^Saved: .* \([\d,]+ bytes\)\n$/);
    expect(exported.stdout).toContain(at(name));
    const back = at(`from-${to}.safetensors`);
    const imported = await runHere(["import", at(name), "--out", back, ...options]);
    expect(imported).toMatchObject({ code: 0, stdout: `Saved: ${back}\n` });
    expect(imported.stderr).toMatch(/^\d+ → 8 → \d+, tanh, identity, [\d,]+ parameters\n$/);
    expect(parametersOf(back).equals(parametersOf(model))).toBe(true);
    expect(await written(back)).toBe(await written(model));
    expect(await written(back)).toMatch(/^The /);
  });

  test("the name tells the format, a taken name gets a number, and what is there of another kind stays", async () => {
    const named = await runHere(["export", model, "--out", at("named.onnx"), "--quiet"]);
    expect(named).toEqual({ code: 0, stderr: "", stdout: expect.stringMatching(/^Saved: .*named\.onnx/) });
    const second = await runHere(["export", model, "--to", "onnx", "--json", "--quiet"]);
    expect(JSON.parse(second.stdout)).toMatchObject({ file: model, out: at("sea-2.onnx") });
    copyFileSync(at("sea.txt"), at("taken.onnx"));
    const taken = await runHere(["export", model, "--out", at("taken.onnx")]);
    expect(taken).toMatchObject({ code: 1, stdout: "" });
    expect(taken.stderr).toContain("there is a file of another kind, which would be lost");
    expect(readFileSync(at("taken.onnx"))).toEqual(readFileSync(at("sea.txt")));
    const none = await runHere(["export", model, "--out", at("sea.bin")]);
    expect(none).toMatchObject({ code: 2, stdout: "" });
    expect(none.stderr).toContain("Name one with --to: onnx, pytorch, keras, module");
  });

  test("texts go along, but what only a run that goes on needs stays behind", async () => {
    const { metadata } = readOnnx(readFileSync(at("named.onnx")));
    expect([...metadata.keys()].sort()).toEqual(["figures", "fold", "run", "vocabulary"]);
    const { tensors } = readModel(readFileSync(model));
    expect(tensors.size).toBe(0);
    const run = at("run.safetensors");
    const file = readModel(readFileSync(model));
    writeFileSync(run, writeModel(file.model, { metadata: new Map([...file.metadata, ["best", "[]"]]) }));
    await runHere(["export", run, "--to", "onnx"]);
    expect(readOnnx(readFileSync(at("run.onnx"))).metadata.has("best")).toBe(false);
  });
});

test("as a module, the network writes the same text without anything of ours", async () => {
  const { code, stdout } = await runHere(["export", model, "--to", "module"]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining(at("sea.mjs")) });
  expect(readFileSync(at("sea.d.mts"), "utf8")).toContain("export declare function encode");
  const { encode, decode, run, step, start } = await import(/* @vite-ignore */ at("sea.mjs"));
  const state = start();
  const prompt: number[] = encode("The ");
  run(prompt.slice(0, -1), state);
  const tokens = [prompt.at(-1)!];
  for (let i = 0; i < 80; i++) {
    const logits: Float32Array = step(state, tokens.at(-1));
    tokens.push(logits.indexOf(Math.max(...logits)));
  }
  expect(`The ${decode(tokens.slice(1))}\n`).toBe(await written(model));
  const again = await runHere(["export", model, "--out", at("sea.mjs")]);
  expect(again.code).toBe(0);
  const inspected = await runHere(["inspect", at("sea.mjs")]);
  expect(inspected.code).toBe(3);
});

describe("import", () => {
  const wide = sequenceModel({ inputs: 3, cells: [elman({ hiddenSize: 2 })], outputs: 3, seed: 1 });

  test("takes activations from the command line, and says what is missing", async () => {
    await runHere(["export", model, "--to", "keras", "--out", at("bare.npz")]);
    const words = ["import", at("bare.npz"), "--out", at("bare.safetensors")];
    const { stderr, stdout } = await runHere([
      ...words,
      "--activation",
      "relu",
      "--readout-activation",
      "softmax",
    ]);
    expect(stdout).toContain("Saved: ");
    expect(stderr).toContain("relu, softmax");
    expect(stderr).toContain("There is no vocabulary in it");
    const { readout, cells } = readModel(readFileSync(at("bare.safetensors"))).model;
    expect([cells[0]!.config!.activation, readout.activation.name]).toEqual(["relu", "softmax"]);
    const json = await runHere([...words, "--json"]);
    expect(JSON.parse(json.stdout)).toMatchObject({
      activations: ["tanh", "identity"],
      out: at("bare.safetensors"),
    });
  });

  test.each<[string, () => Uint8Array | string, string[], number, string]>([
    ["text", () => "Call me Ishmael.", [], 3, "is no model of another program"],
    ["ours", () => writeModel(wide), [], 3, "is a model file already"],
    ["half", () => writeOnnx(wide).subarray(0, 100), [], 3, "at byte"],
    ["onnx", () => writeOnnx(wide), ["--activation", "relu"], 2, "an ONNX file says its activations itself"],
    ["like", () => writeOnnx(wide), ["--like", model], 3, "has 0.W_xh 2×3"],
    ["none", () => writeNpz({}), [], 3, "number of matrices is 0"],
    ["name", () => writeNpz({}), ["--activation", "tan"], 2, "expected one of identity, tanh"],
  ])("refuses %s and writes nothing", async (name, content, options, code, message) => {
    const file = at(`refused-${name}`);
    writeFileSync(file, content());
    const result = await runHere(["import", file, "--out", at("refused.safetensors"), ...options]);
    expect(result).toMatchObject({ code, stdout: "" });
    expect(result.stderr).toContain(message);
    expect(existsSync(at("refused.safetensors"))).toBe(false);
  });

  test("refuses weights that are not finite", async () => {
    const { tensors, metadata } = readSafetensors(readFileSync(at("sea.pytorch.safetensors")));
    tensors.get("rnn.weight_hh_l0")!.data[3] = Number.NaN as never;
    writeFileSync(at("nan.safetensors"), writeSafetensors(tensors, metadata));
    const { code, stderr } = await runHere(["import", at("nan.safetensors"), "--out", at("x.safetensors")]);
    expect(code).toBe(3);
    expect(stderr).toContain("0.W_hh[0, 3] is not a finite number");
  });
});

describe("inspect", () => {
  test("says what a model holds", async () => {
    const { code, stdout, stderr } = await runHere(["inspect", model]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(
      /sea\.safetensors: a model, [\d,]+ bytes\n\d+ inputs → elman 8 \(tanh\) → \d+ outputs \(identity\), float32\n/,
    );
    expect(stdout).toMatch(/\n {2}vocabulary +\[/);
    expect(stdout).toMatch(/\n {2}0\.W_hh +F32 {2}8×8 +256 {2}-\d\.\d+ … \d\.\d+\n/);
    expect(stdout).toMatch(/\n {2}5 arrays, [\d,]+ numbers\n$/);
    for (const line of stdout.split("\n").slice(1)) expect(line.length).toBeLessThanOrEqual(100);
  });

  test("and every other kind of file, as --json too", async () => {
    const described = async (name: string, content?: Uint8Array) => {
      if (content) writeFileSync(at(name), content);
      return JSON.parse((await runHere(["inspect", at(name), "--json"])).stdout);
    };
    const half: Tensor = { dtype: "F16", shape: [3], data: Uint16Array.of(0x3c00, 0xc000, 0x7c00) };
    const brain: Tensor = { dtype: "BF16", shape: [1, 1], data: Uint16Array.of(0x3fc0) };
    const eight: Tensor = { dtype: "F8_E4M3", shape: [1], data: Uint8Array.of(7) };
    const large: Tensor = { dtype: "I64", shape: [], data: BigInt64Array.of(-5n) };
    expect(await described("any.safetensors", writeSafetensors({ half, brain, eight, large }))).toEqual({
      file: at("any.safetensors"),
      about: "safetensors",
      bytes: readFileSync(at("any.safetensors")).length,
      metadata: {},
      tensors: [
        {
          name: "large",
          dtype: "I64",
          shape: [],
          elements: 1,
          bytes: 8,
          least: -5,
          greatest: -5,
          notFinite: 0,
        },
        {
          name: "brain",
          dtype: "BF16",
          shape: [1, 1],
          elements: 1,
          bytes: 2,
          least: 1.5,
          greatest: 1.5,
          notFinite: 0,
        },
        {
          name: "half",
          dtype: "F16",
          shape: [3],
          elements: 3,
          bytes: 6,
          least: -2,
          greatest: 1,
          notFinite: 1,
        },
        {
          name: "eight",
          dtype: "F8_E4M3",
          shape: [1],
          elements: 1,
          bytes: 1,
          least: null,
          greatest: null,
          notFinite: 0,
        },
      ],
    });
    expect(await described("a.npy", writeNpy(large))).toMatchObject({ about: "an array of NumPy" });
    expect(await described("sea.npz")).toMatchObject({ about: "arrays of NumPy" });
    const onnx = await described("sea.onnx");
    expect(onnx.about).toBe("ONNX of unroll, tokens TB tokens → outputs TBO");
    expect(onnx.network).toContain("elman 8 (tanh)");
    expect(onnx.tensors.map(({ name }: { name: string }) => name)).toContain("0.W_hh");
  });

  test("what it does not know ends with 3", async () => {
    for (const file of [at("sea.txt"), at("none")]) {
      const { code, stdout, stderr } = await runHere(["inspect", file]);
      expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
      expect(stderr).toContain(`error: ${file}: `);
    }
  });
});

test("nothing is left beside what was written", () => {
  expect(readdirSync(folder).filter((name) => name.endsWith(".saving"))).toEqual([]);
});
