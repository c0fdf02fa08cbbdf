import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { readSafetensors, writeModel, writeSafetensors } from "@unroll/io";
import { toKeras } from "@unroll/io/keras";
import { readNpz, writeNpz } from "@unroll/io/numpy";
import { readOnnx, writeOnnx } from "@unroll/io/onnx";
import { toPyTorch } from "@unroll/io/pytorch";
import { writeStandalone } from "@unroll/io/standalone";
import { sequenceModel } from "@unroll/model";
import { elman } from "@unroll/rnn-cell";
import { expect, test } from "vitest";

const model = sequenceModel({ inputs: 3, cells: [elman({ hiddenSize: 4 })], outputs: 2, seed: 1 });

/** Runs the TypeScript of a guide in a folder that has `input`, and returns the file `output` that it writes. */
async function run(guide: string, input: string, bytes: Uint8Array, output: string): Promise<Uint8Array> {
  const text = readFileSync(new URL(`../../../docs/guides/${guide}.md`, import.meta.url), "utf8");
  const [, program] = /```ts\n([\s\S]*?)```/.exec(text)!;
  const folder = mkdtempSync(join(import.meta.dirname, ".guide-"));
  try {
    writeFileSync(join(folder, input), bytes);
    const placed = program!.replace(/"(model|back)\./g, (_, name) => `"${folder}/${name}.`);
    writeFileSync(join(folder, "guide.ts"), placed);
    await import(/* @vite-ignore */ pathToFileURL(join(folder, "guide.ts")).href);
    return new Uint8Array(readFileSync(join(folder, output)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("the program of the guide from PyTorch reads, runs and writes", async () => {
  const bytes = writeSafetensors(toPyTorch(model));
  const back = await run("from-pytorch", "model.safetensors", bytes, "back.safetensors");
  expect(readSafetensors(back).tensors).toEqual(readSafetensors(bytes).tensors);
});

test("the program of the guide from Keras reads, runs and writes", async () => {
  const bytes = writeNpz(toKeras(model));
  const back = await run("from-keras", "model.npz", bytes, "back.npz");
  expect(await readNpz(back)).toEqual(await readNpz(bytes));
});

test("the program of the guide to ONNX writes what ONNX Runtime reads, and we", async () => {
  const file = await run("to-onnx", "model.safetensors", writeModel(model), "model.onnx");
  expect(file).toEqual(writeOnnx(model, { tokens: true, metadata: { vocabulary: "abc" } }));
  expect(readOnnx(file).model.parameters).toEqual(model.parameters);
});

test("the program of the guide to one module writes a module", async () => {
  const abc = sequenceModel({ inputs: 3, cells: [elman({ hiddenSize: 4 })], outputs: 3, seed: 1 });
  const vocabulary = ["a", "b", "c"];
  const bytes = writeModel(abc, { metadata: { vocabulary: JSON.stringify(vocabulary) } });
  const code = new TextDecoder().decode(await run("one-module", "model.safetensors", bytes, "model.mjs"));
  expect(code).toBe(writeStandalone(abc, { vocabulary }).code);
});
