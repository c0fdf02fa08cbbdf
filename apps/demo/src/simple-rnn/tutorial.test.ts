import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { runTutorial, TUTORIAL_SEED, tutorialText } from "./tutorial.ts";

interface Expected {
  readonly seed: number;
  readonly inputs: number[][];
  readonly outputs: number[][];
  readonly hiddenStates: number[][];
}

const fixture = (name: string): string =>
  readFileSync(new URL(`../../test/fixtures/${name}`, import.meta.url), "utf8");
const runs = JSON.parse(fixture("simple-rnn.json")) as Expected[];

test("prints what NumPy prints", () => {
  expect(tutorialText(runTutorial(TUTORIAL_SEED))).toBe(fixture("simple-rnn.txt"));
});

describe.each(runs)("seed $seed", ({ seed, inputs, outputs, hiddenStates }) => {
  const run = runTutorial(seed);

  test("the inputs are NumPy's, bit for bit", () => {
    expect(run.inputs.map((x) => Array.from(x))).toEqual(inputs);
  });

  test("outputs and hidden states are NumPy's within 1e-17", () => {
    expect(run.steps).toHaveLength(4);
    run.steps.forEach(({ y, h }, i) => {
      expect(furthest(y, outputs[i]!)).toBeLessThanOrEqual(1e-17);
      expect(furthest(h, hiddenStates[i]!)).toBeLessThanOrEqual(1e-17);
    });
  });

  test("another seed gives other figures", () => {
    expect(furthest(runTutorial((seed + 1) % 2 ** 32).steps[3]!.y, outputs[3]!)).toBeGreaterThan(1e-6);
  });
});

function furthest(got: Float64Array, expected: readonly number[]): number {
  expect(got).toHaveLength(expected.length);
  return expected.reduce((worst, value, i) => Math.max(worst, Math.abs(got[i]! - value)), 0);
}
