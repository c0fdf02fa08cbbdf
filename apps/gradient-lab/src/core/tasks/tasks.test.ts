import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { foldText } from "@unroll/datasets";
import { RandomState } from "@unroll/linalg";
import { describe, expect, it } from "vitest";
import { adding } from "./adding.ts";
import { copy } from "./copy.ts";
import { PASSAGE } from "./passage.ts";
import { noise, steady } from "./recall.ts";
import { text } from "./text.ts";

const T = 12;
const tasks = {
  noise: noise(3, 0.1),
  steady: steady(0.5),
  adding,
  copy,
  text: text(""),
  sentence: text("to be"),
};

describe.each(Object.entries(tasks))("%s", (_name, task) => {
  it("has a word for every step of the sequence shown", () => {
    const batch = task.shown?.(T) ?? task.sequences(T, 1, new RandomState(1));
    for (const words of Object.values(task.words(batch))) expect(words).toHaveLength(T);
  });

  it("draws sequence by sequence: a larger batch begins with the smaller one", () => {
    const one = task.sequences(T, 1, new RandomState(1));
    const four = task.sequences(T, 4, new RandomState(1));
    const columns = "columns" in one.inputs ? one.inputs.columns : 1;
    for (let t = 0; t < T; t++)
      for (let i = 0; i < columns; i++)
        expect(four.inputs.data[t * 4 * columns + i]).toBe(one.inputs.data[t * columns + i]);
    for (let t = 0; t < T; t++) expect(four.targets.data[t * 4]).toBe(one.targets.data[t]);
  });
});

it("noise asks for the first number of the first unit, in standard deviations", () => {
  const { inputs, targets } = noise(3, 0.1).sequences(T, 2, new RandomState(5));
  for (let t = 0; t < T; t++)
    for (let b = 0; b < 2; b++) expect(targets.data[t * 2 + b] * 0.1).toBe(inputs.data[b * 3]);
});

it("adding marks one number in each half and asks for their sum in the end; 1 is wrong by 1/6 in square", () => {
  const B = 1000;
  const { inputs, targets, weights } = adding.sequences(T, B, new RandomState(2));
  let error = 0;
  for (let b = 0; b < B; b++) {
    const marked = Array.from({ length: T }, (_, t) => t).filter(
      (t) => inputs.data[(t * B + b) * 2 + 1] === 1,
    );
    expect(marked).toHaveLength(2);
    expect(marked[0]).toBeLessThan(T / 2);
    expect(marked[1]).toBeGreaterThanOrEqual(T / 2);
    const sum = marked.reduce((all, t) => all + inputs.data[(t * B + b) * 2], 0);
    expect(targets.data[(T - 1) * B + b]).toBe(sum);
    error += (sum - 1) ** 2 / B;
  }
  expect(error).toBeCloseTo(1 / 6, 1);
  expect(Array.from(weights?.data ?? []).filter((weight) => weight === 1)).toHaveLength(B);
});

it("copy asks for the first symbols again, after the sign", () => {
  const words = copy.words(copy.sequences(T, 1, new RandomState(3)));
  const symbols = words.input.slice(0, 3).join("");
  expect(symbols).toMatch(/^[a-h]{3}$/);
  expect(words.input.join("")).toBe(`${symbols}······?··`);
  expect(words.target.join("")).toBe(`·········${symbols}`);
});

it("text asks for the next character and begins again at its end", () => {
  const task = text("to be");
  const words = task.words(task.shown?.(T) as never);
  expect(words.input.join("")).toBe("to be to be ");
  expect(words.target.join("")).toBe("o be to be t");
});

it("the passage is how Moby-Dick begins", () => {
  const book = readFileSync(fileURLToPath(import.meta.resolve("@unroll/datasets/moby-dick.txt")), "utf8");
  expect(foldText(book).replaceAll("\n", " ")).toContain(PASSAGE);
});
