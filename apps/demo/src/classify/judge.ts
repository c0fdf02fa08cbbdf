import type { Confusion } from "@unroll/train";
import type { Labelled } from "../baseline/naive-bayes.ts";
import { confusionOf, type Duel, duel, type Figures, figuresOf, type RuleAnswers } from "./figures.ts";
import { likeliest, type Scores } from "./scores.ts";

/** How good a network is, among simple rules. */
export interface ClassifyResult {
  readonly classes: readonly string[];
  readonly baselines: readonly Figures[];
  /** The network that is saved: the one there is, or the mean of all. */
  readonly network: Figures;
  /** Each seed by itself, if there are several. */
  readonly seeds: readonly Figures[];
  readonly confusion: Confusion;
  /** The network beside the last of the rules. */
  readonly duel?: Duel | undefined;
}

/** What a network is called, and its scores of the items. */
export interface Scored {
  readonly name: string;
  readonly scores: readonly Scores[];
}

/** Holds what networks and rules said against the labels of the items. */
export function judge(
  classes: readonly string[],
  items: readonly Labelled[],
  network: Scored,
  seeds: readonly Scored[],
  rules: readonly RuleAnswers[],
): ClassifyResult {
  const tableOf = (said: readonly number[]): Confusion => confusionOf(classes.length, items, said);
  const said = network.scores.map(likeliest);
  const confusion = tableOf(said);
  const last = rules.at(-1);
  return {
    classes,
    baselines: rules.map((rule) => figuresOf(rule.name, tableOf(rule.said))),
    network: figuresOf(network.name, confusion),
    seeds: seeds.map(({ name, scores }) => figuresOf(name, tableOf(scores.map(likeliest)))),
    confusion,
    duel: last && duel(classes.length, items, said, last),
  };
}
