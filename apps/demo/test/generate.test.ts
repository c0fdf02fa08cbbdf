import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readSafetensors, writeModel, writeSafetensors } from "@unroll/io";
import { sequenceModel } from "@unroll/model";
import { elman } from "@unroll/rnn-cell";
import { beforeAll, describe, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";
import { folderForTests, SMALL, smallFile, smallText } from "./small.ts";

const folder = folderForTests();
const model = join(folder, "model.safetensors");
const folded = join(folder, "folded.safetensors");
const generate = (...words: string[]) => runCli(["generate", ...words]);

beforeAll(async () => {
  const sea = smallFile(folder);
  const curly = join(folder, "curly.txt");
  writeFileSync(curly, smallText(3000).replaceAll("whale", "“whâle”"));
  const train = ["train", "text", "--quiet", ...SMALL];
  const runs = await Promise.all([
    runCli([...train, "--data", sea, "--out", model]),
    runCli([...train, "--data", curly, "--fold", "--out", folded]),
  ]);
  expect(runs.map(({ code }) => code)).toEqual([0, 0]);
});

test("it writes the prompt and so many characters of the vocabulary", async () => {
  const { code, stdout, stderr } = await generate(model, "--prompt", "old ", "--length", "50");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^old [a-zT. \n]{50}\n$/);
});

test("the seed decides, the temperature changes, 0 and --top-k 1 are the likeliest", async () => {
  const [a, b, c, cold, top] = await Promise.all([
    generate(model, "--seed", "5"),
    generate(model, "--seed", "5"),
    generate(model, "--seed", "6"),
    generate(model, "--temperature", "0"),
    generate(model, "--top-k", "1"),
  ]);
  expect(a!.stdout).toBe(b!.stdout);
  expect(a!.stdout).toHaveLength(4 + 300 + 1); // "The " is what it reads first unless told
  expect(c!.stdout).not.toBe(a!.stdout);
  expect(cold!.stdout).toBe(top!.stdout);
});

test("--json is one object, an empty prompt and a length of 0 are possible", async () => {
  const { stdout } = await generate(model, "--prompt", "", "--length", "0", "--json");
  expect(JSON.parse(stdout)).toEqual({ seed: 1, temperature: 0.8, topK: 0, length: 0, prompt: "", text: "" });
});

test("an unknown character is named", async () => {
  const { code, stdout, stderr } = await generate(model, "--prompt", "the 鯨", "--json");
  expect(code).toBe(3);
  expect(stderr).toContain('error: --prompt: the network does not know the character "鯨" (U+9BE8)\n');
  expect(JSON.parse(stdout)).toMatchObject({ event: "error", code: "data", details: { symbol: "鯨" } });
});

test("a prompt is folded if the text was, but what folding drops is still unknown", async () => {
  const { stdout } = await generate(folded, "--prompt", "“whâle” ", "--length", "5", "--json");
  expect(JSON.parse(stdout)).toMatchObject({ prompt: '"whale" ' });
  const dropped = await generate(folded, "--prompt", "鯨");
  expect(dropped.code).toBe(3);
  expect(dropped.stderr).toContain('"鯨" (U+9BE8)');
  const unfolded = await generate(model, "--prompt", "whâle");
  expect(unfolded.stderr).toContain('"â" (U+00E2)');
});

describe("a file of another kind ends with 3 and its name", () => {
  const other = sequenceModel({ inputs: 3, cells: [elman({ hiddenSize: 2 })], outputs: 3, seed: 1 });
  const changed = (change: (file: ReturnType<typeof readSafetensors>) => void): Uint8Array => {
    const file = readSafetensors(readFileSync(model));
    change(file);
    return writeSafetensors(file.tensors, file.metadata);
  };
  const cases: [string, () => string | Uint8Array, string][] = [
    ["text", () => "Call me Ishmael.", "the header"],
    ["an empty file", () => "", "0 bytes, expected at least 8"],
    ["a picture", () => Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0), "the header"],
    ["half a model", () => readFileSync(model).subarray(0, -100), "bytes"],
    [
      "numbers of another program",
      () => writeSafetensors(new Map(), new Map()),
      "the file's format is missing",
    ],
    ["a model without a vocabulary", () => writeModel(other), "is a model without a vocabulary"],
    [
      "a vocabulary of another size",
      () => changed(({ metadata }) => metadata.set("vocabulary", '["a"]')),
      "has 1 symbols but a model of",
    ],
    [
      "a vocabulary that is no JSON",
      () => changed(({ metadata }) => metadata.set("vocabulary", "[")),
      "its metadata is no JSON",
    ],
    [
      "a weight that is no number",
      () => changed(({ tensors }) => tensors.get("0.W_hh")!.data.fill(Number.NaN as never)),
      "0.W_hh[0, 0] is not a finite number",
    ],
  ];
  test.each(cases)("%s", async (name, content, problem) => {
    const file = join(folder, `${name}.safetensors`);
    writeFileSync(file, content());
    const { code, stdout, stderr } = await generate(file);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toContain(`error: ${file}: `);
    expect(stderr).toContain(problem);
  });

  test("no file, a folder", async () => {
    const none = await generate(join(folder, "none"));
    expect(none).toMatchObject({ code: 3, stdout: "" });
    expect(none.stderr).toContain("cannot be read: there is no such file or folder");
    expect((await generate(folder)).stderr).toContain("it is a folder, expected a file");
  });
});
