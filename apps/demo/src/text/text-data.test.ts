import { splitByPosition } from "@unroll/datasets";
import { NonFiniteError } from "@unroll/kernels";
import { expect, test } from "vitest";
import { DataError } from "../errors.ts";
import { baselinesOf } from "./baselines.ts";
import { bitsPerCharacter } from "./bits-per-character.ts";
import { network } from "./network.ts";
import { PRESET } from "./settings.ts";
import { textData } from "./text-data.ts";

const named = (text: string) => ({ name: "x", text, folded: false });
const text = Array.from({ length: 1234 }, (_, i) => "abcde"[(i * i + (i >> 3)) % 5]).join("");
const settings = { ...PRESET, hidden: 7, seqLen: 10, batch: 4, seed: 3 };

test("the parts follow each other, and every character of validation and test is a target once", () => {
  const data = textData(named(text), settings);
  const { train, validation, test: end } = splitByPosition(text.length);
  expect(data.parts).toEqual({
    train: { start: 0, end: train },
    validation: { start: train, end: validation },
    test: { start: validation, end },
  });
  for (const part of ["validation", "test"] as const) {
    const { start, end } = data.parts[part];
    const targets: number[] = [];
    for (const { targets: rows } of data[part].batches(0))
      targets.push(...rows.data.subarray(rows.offset, rows.offset + rows.rows));
    expect(targets).toEqual(Array.from(data.tokens.subarray(start, end)));
  }
});

test("bits per character are those of one stream over the text, fed character by character", async () => {
  const data = textData(named(text), settings);
  const model = network(settings, data.vocabulary.size);
  const stream = model.stream();
  const logits = new Float32Array(data.vocabulary.size);
  let bits = 0;
  const { start, end } = data.parts.test;
  for (let i = start; i < end; i++) {
    stream.step(data.tokens[i - 1]!, logits);
    const sum = logits.reduce((all, logit) => all + Math.exp(logit), 0);
    bits += Math.log2(sum) - logits[data.tokens[i]!]! / Math.LN2;
  }
  const got = await bitsPerCharacter(model, data.test);
  expect(Math.abs(got - bits / (end - start))).toBeLessThan(1e-6);
  expect(await bitsPerCharacter(model, data.test)).toBe(got);
  // The validation text is another one, so a mix-up would show.
  expect(await bitsPerCharacter(model, data.validation)).not.toBe(got);
});

test("an evaluation that is stopped has no figure, one that is no number is an error", async () => {
  const data = textData(named(text), settings);
  const model = network(settings, data.vocabulary.size);
  expect(await bitsPerCharacter(model, data.test, AbortSignal.abort())).toBeUndefined();
  const { data: numbers, offset } = model.parameters;
  numbers[offset + model.layout.slices["readout.b_y"]!.offset] = Number.NaN;
  model.parametersChanged();
  await expect(bitsPerCharacter(model, data.test)).rejects.toThrow(NonFiniteError);
});

test("a text of one symbol, which nobody has to guess", async () => {
  const data = textData(named("a".repeat(60)), settings);
  const model = network(settings, 1);
  expect(await bitsPerCharacter(model, data.test)).toBe(0);
  expect(baselinesOf(data).map(({ bitsPerCharacter }) => bitsPerCharacter)).toEqual([0, 0, 0, 0, 0, 0]);
});

test("the least length is the one that fills a window and leaves something to test", () => {
  for (const [seqLen, batch] of [
    [1, 1],
    [10, 4],
    [7, 3],
    [50, 16],
  ] as const) {
    let least = 1;
    const fits = (length: number): boolean => {
      try {
        textData(named("ab".repeat(length).slice(0, length)), { seqLen, batch });
        return true;
      } catch (error) {
        expect(error).toBeInstanceOf(DataError);
        return false;
      }
    };
    while (!fits(least)) least++;
    const parts = splitByPosition(least);
    expect(parts.train).toBeGreaterThanOrEqual(seqLen * batch + 1);
    const before = splitByPosition(least - 1);
    const possible =
      before.train >= seqLen * batch + 1 &&
      before.validation > before.train &&
      before.test > before.validation;
    expect(possible && least > 10).toBe(false);
  }
});
