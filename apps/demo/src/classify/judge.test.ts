import { expect, test } from "vitest";
import { judge } from "./judge.ts";

const items = [0, 0, 1, 1, 1].map((label, i) => ({ text: `${i}`, label }));
const scoresFor = (said: readonly number[]) =>
  said.map((label) => Float64Array.from([0, 1], (c) => (c === label ? -0.1 : -2)));

test("figures, the confusion table, and who is right alone, counted by hand", () => {
  const network = { name: "elman", scores: scoresFor([0, 1, 1, 1, 0]) };
  const rules = [
    { name: "always b", said: [1, 1, 1, 1, 1] },
    { name: "Bayes", said: [1, 1, 1, 0, 0] },
  ];
  const result = judge(["a", "b"], items, network, [network], rules);
  expect(result.network).toMatchObject({ name: "elman", accuracy: 3 / 5, macroRecall: (1 / 2 + 2 / 3) / 2 });
  expect(result.seeds).toEqual([result.network]);
  expect(result.baselines.map(({ accuracy }) => accuracy)).toEqual([3 / 5, 1 / 5]);
  expect([0, 1].map((i) => [0, 1].map((j) => result.confusion.count(i, j)))).toEqual([
    [1, 1],
    [1, 2],
  ]);
  // Right: the network at 0, 2, 3; Bayes at 2.
  expect(result.duel).toEqual({
    rule: "Bayes",
    recalls: [0, 1 / 3],
    onlyNetwork: 2,
    onlyRule: 0,
    neither: 2,
  });
});

test("without rules there is nothing to stand beside", () => {
  const network = { name: "elman", scores: scoresFor([0, 0, 0, 0, 0]) };
  const { baselines, duel } = judge(["a", "b"], items, network, [], []);
  expect({ baselines, duel }).toEqual({ baselines: [], duel: undefined });
});
