import { expect, test } from "vitest";
import { resultText } from "./result-text.ts";

const figures = {
  network: "elman 128",
  steps: 4,
  seconds: 61.2,
  validation: 2.4,
  test: 2.5,
  tests: [2.5],
  baselines: [
    { name: "1-gram", bitsPerCharacter: 4.4969 },
    { name: "5-gram", bitsPerCharacter: 2.2534 },
  ],
};

test("the network stands among the baselines, worst first", () => {
  expect(
    resultText(figures),
  ).toBe(`Bits per character on the test text (fewer are better), after 4 steps in 1:01:
  1-gram     4.497
> elman 128  2.500
  5-gram     2.253
On the validation text: 2.400
`);
});

test("several seeds give a mean and a standard deviation", () => {
  expect(resultText({ ...figures, tests: [2.5, 2.7, 2.6] })).toMatch(
    /\n3 seeds on the test text: 2\.600 ± 0\.100\n$/,
  );
});
