import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { activationNamed, activationNames, elementwise } from "@unroll/activations";
import { writeStandalone } from "@unroll/io/standalone";
import { type FloatArray, isTokens, ValueError } from "@unroll/kernels";
import { type SequenceModel, sequenceModel } from "@unroll/model";
import { elman, elmanCell } from "@unroll/rnn-cell";
import { callExport, inBrowser } from "@unroll/testing";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { outputsOf, randomCase } from "./onnx/random-case.ts";

type Input = number | ArrayLike<number>;

/** What a module of a network exports. */
interface Network {
  readonly inputs: number;
  readonly outputs: number;
  readonly stateSize: number;
  readonly vocabulary?: readonly string[];
  start(): FloatArray;
  step(state: FloatArray, input: Input, output?: FloatArray): FloatArray;
  run(sequence: Iterable<Input>, state?: FloatArray): FloatArray;
  encode(text: string): number[];
  decode(list: Iterable<number>): string;
}

const load = async (code: string): Promise<Network> =>
  import(/* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(code).toString("base64")}`);

/** The inputs of sequence b of a case, step by step. */
function sequenceOf({ inputs, steps, batch }: ReturnType<typeof randomCase>, b: number): Input[] {
  return Array.from({ length: steps }, (_, t) => {
    const r = t * batch + b;
    if (isTokens(inputs)) return inputs.data[r]!;
    return inputs.data.slice(r * inputs.columns, (r + 1) * inputs.columns);
  });
}

describe.each(["float32", "float64"] as const)("%s", (type) => {
  test("150 random networks: the module gives the bits of the model", async () => {
    for (let seed = 1; seed <= 150; seed++) {
      const one = randomCase(seed, type);
      const { model, steps, batch, initial } = one;
      const network = await load(writeStandalone(model).code);
      const expected = outputsOf(one);
      const rows: number[][] = [];
      const finals: FloatArray[] = [];
      for (let b = 0; b < batch; b++) {
        const state = network.start();
        const from = initial.flatMap(({ data, columns }) => [...data.slice(b * columns, (b + 1) * columns)]);
        state.set(from);
        const all = network.run(sequenceOf(one, b), state);
        for (let t = 0; t < steps; t++)
          rows[t * batch + b] = [...all.slice(t * model.outputs, (t + 1) * model.outputs)];
        finals.push(state);
      }
      expect(rows.flat(), `seed ${seed}`).toEqual(expected.outputs);
      let at = 0;
      const states = initial.flatMap(({ columns }) => {
        const layer = finals.map((state) => [...state.slice(at, at + columns)]);
        at += columns;
        return layer.flat();
      });
      expect(states, `seed ${seed}`).toEqual(expected.states);
    }
  });

  test.each(activationNames)("%s, in the layers and in the readout, over a wide range", async (name) => {
    const activation = activationNamed(name);
    const model = sequenceModel({
      type,
      inputs: 1,
      cells: [elman({ hiddenSize: 2, activation })],
      outputs: 3,
      readout: { activation },
      seed: 1,
    });
    const network = await load(writeStandalone(model).code);
    const stream = model.stream();
    const state = network.start();
    const Numbers = type === "float32" ? Float32Array : Float64Array;
    const y = new Numbers(3);
    for (let i = -400; i <= 400; i++) {
      const x = new Numbers([i * Math.abs(i) * 0.001]);
      stream.reset();
      state.fill(0);
      stream.step(x, y);
      expect([...network.step(state, x)], `x = ${x[0]}`).toEqual([...y]);
      expect([...state], `x = ${x[0]}`).toEqual([...stream.state]);
    }
  });
});

const text = sequenceModel({ inputs: 3, cells: [elman({ hiddenSize: 5 })], outputs: 3, seed: 4 });
const vocabulary = ["a", "é", "\u2028"];

test("a network of text has its vocabulary", async () => {
  const network = await load(writeStandalone(text, { vocabulary }).code);
  expect(network.vocabulary).toEqual(vocabulary);
  expect(network.encode("éa\u2028")).toEqual([1, 0, 2]);
  expect(network.decode([1, 0, 2])).toBe("éa\u2028");
  expect(() => network.encode("b")).toThrow(new RangeError('the network does not know "b"'));
  const bare = await load(writeStandalone(text).code);
  expect(Object.keys(bare).sort()).toEqual(["inputs", "outputs", "run", "start", "stateSize", "step"]);
});

test("what does not fit is refused, and a state goes on where it was", async () => {
  const { step, run, start } = await load(writeStandalone(text).code);
  expect(() => step(start(), 3)).toThrow(new RangeError("token 3, expected 0 … 2"));
  expect(() => step(start(), 0.5)).toThrow(RangeError);
  expect(() => step(start(), [1, 2])).toThrow(new RangeError("input has 2 numbers, expected 3"));
  expect(() => step(new Float32Array(4), 1)).toThrow("state has 4 numbers, expected 5");
  expect(() => step(start(), 1, new Float32Array(1))).toThrow("output has 1 numbers, expected 3");
  const state = start();
  const first = run([0, 1], state);
  const second = run([2], state);
  expect([...first, ...second]).toEqual([...run([0, 1, 2])]);
});

test("the module is readable, and names nothing from outside", () => {
  const { code } = writeStandalone(text, { vocabulary });
  expect(code).toMatch(
    /^\/\/ A trained recurrent network: 3 inputs → elman 5 \(tanh\) → 3 outputs \(identity\), float32\.\n/,
  );
  expect(code).not.toMatch(/\bimport\b|\brequire\b|\beval\b|\bfetch\b|new Function|undefined,/);
  for (const line of code.split("\n")) expect(line.length).toBeLessThanOrEqual(160);
  expect(code).not.toContain("sigmoid"); // only what is needed
});

test("its types fit it: a program that uses it type-checks, one that misuses it does not", () => {
  const folder = mkdtempSync(join(tmpdir(), "unroll-standalone-"));
  try {
    const { code, types } = writeStandalone(text, { vocabulary });
    writeFileSync(join(folder, "net.mjs"), code);
    writeFileSync(join(folder, "net.d.mts"), types);
    const check = (program: string): string[] => {
      const path = join(folder, "use.mts");
      writeFileSync(path, program);
      const options = {
        strict: true,
        noEmit: true,
        module: ts.ModuleKind.NodeNext,
        target: ts.ScriptTarget.ES2022,
        types: [],
      };
      return ts
        .getPreEmitDiagnostics(ts.createProgram([path], options))
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
    };
    const head = 'import { decode, encode, inputs, run, start, step, vocabulary } from "./net.mjs";\n';
    const good = `${head}const state = start();
const y: Float32Array = step(state, encode("a")[0] as number, new Float32Array(inputs));
const all: Float32Array = run([[1, 2, 3], new Float32Array(3), 1], state);
export const out: string = decode([y.length, all.length, vocabulary.length]);\n`;
    expect(check(good)).toEqual([]);
    expect(check(`${head}export const out: string = step("a", 1);\n`)).not.toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe("what cannot be written is refused", () => {
  const own = elementwise({ name: "mine", value: (z) => z, derivative: () => 1 });
  const other = (inputSize: number) =>
    Object.defineProperty(elmanCell({ inputSize, hiddenSize: 2 }), "kind", { value: "gru" });
  const withCell = (cell: Parameters<typeof sequenceModel>[0]["cells"][number]): SequenceModel =>
    sequenceModel({ inputs: 3, cells: [cell], outputs: 3 });
  test.each<[string, () => unknown]>([
    ['kind of cell 0 is "gru"', () => writeStandalone(withCell(other))],
    [
      'activation of cell 0 is "mine"',
      () => writeStandalone(withCell(elman({ hiddenSize: 2, activation: own }))),
    ],
    [
      'activation of the readout is "mine"',
      () =>
        writeStandalone(
          sequenceModel({
            inputs: 1,
            cells: [elman({ hiddenSize: 1 })],
            outputs: 1,
            readout: { activation: own },
          }),
        ),
    ],
    ["size of the vocabulary is 2, expected 3", () => writeStandalone(text, { vocabulary: ["a", "b"] })],
    ['symbol 2 of the vocabulary is "a"', () => writeStandalone(text, { vocabulary: ["a", "b", "a"] })],
    ["symbol 1 of the vocabulary", () => writeStandalone(text, { vocabulary: ["a", "\ud800", "b"] })],
  ])("%s", (message, write) => {
    expect(write).toThrow(message);
    expect(write).toThrow(ValueError);
  });

  test("an option that is none", () => {
    expect(() => writeStandalone(text, { vocab: [] } as object)).toThrow("no such option: vocabulary");
  });
});

test("the texts of the functions are those of the sources: else npx pnpm --filter @unroll/io derive", () => {
  const script = new URL("../scripts/derive-functions.mjs", import.meta.url).pathname;
  const derived = execFileSync(process.execPath, [script, "--print"], { encoding: "utf8" });
  expect(readFileSync(new URL("../src/standalone/functions.ts", import.meta.url), "utf8")).toBe(derived);
});

inBrowser("Chromium gives the bits of Node", (session) => {
  test("over 50 steps", async () => {
    const { code } = writeStandalone(text);
    const main = `${code}\nexport const all = (list) => [...run(list)];\n`;
    const page = await session.open(
      await session.serve({ "index.html": "<!doctype html><title>net</title>", "main.js": main }),
    );
    const list = Array.from({ length: 50 }, (_, i) => (i * i) % 3);
    expect(await callExport(page.page, "all", list)).toEqual([...(await load(code)).run(list)]);
  });
});
