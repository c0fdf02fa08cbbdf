import { Confusion } from "@unroll/train";
import { type Labelled, NaiveBayes } from "../baseline/naive-bayes.ts";
import type { LabelledData } from "./labelled-data.ts";
import { normalized, type Reading } from "./reading.ts";
import { likeliest } from "./scores.ts";

/** How often a rule or a network is right, from 0 to 1. */
export interface Figures {
  readonly name: string;
  readonly accuracy: number;
  /** Means over the classes. */
  readonly macroRecall: number;
  readonly macroF1: number;
}

export function figuresOf(name: string, { accuracy, macroRecall, macroF1 }: Confusion): Figures {
  return { name, accuracy, macroRecall, macroF1 };
}

/** Which classes were said to which texts. */
export function confusionOf(classes: number, items: readonly Labelled[], said: readonly number[]): Confusion {
  const table = new Confusion(classes);
  for (const [i, { label }] of items.entries()) table.add(label, said[i]!);
  return table;
}

/** What a simple rule says to the texts of the test part. */
export interface RuleAnswers {
  readonly name: string;
  readonly said: readonly number[];
}

const ORDERS = [3, 4];

/** The rule that says one class always, and naive Bayes that counts what the network learns from, the best one last. */
export function rulesOf({ classes, train, test }: LabelledData, reading: Reading): RuleAnswers[] {
  const read = (items: readonly Labelled[]): Labelled[] =>
    items.map(({ text, label }) => ({ text: normalized(text, reading), label }));
  const [learned, asked] = [read(train), read(test)];
  const counts = classes.map((_, number) => train.filter(({ label }) => label === number).length);
  const commonest = likeliest(counts);
  return [
    { name: `always ${classes[commonest]}`, said: asked.map(() => commonest) },
    ...ORDERS.map((order) => {
      const bayes = new NaiveBayes(order, classes.length, learned);
      return { name: `naive Bayes, ${order}-grams`, said: asked.map(({ text }) => bayes.classify(text)) };
    }),
  ];
}

/** A network beside a simple rule: how often one of them is right where the other is not. */
export interface Duel {
  readonly rule: string;
  /** The recall of the rule, class by class. */
  readonly recalls: readonly number[];
  readonly onlyNetwork: number;
  readonly onlyRule: number;
  readonly neither: number;
}

/** Compares what a network and a rule said to the same items. */
export function duel(
  classes: number,
  items: readonly Labelled[],
  network: readonly number[],
  { name, said }: RuleAnswers,
): Duel {
  const table = confusionOf(classes, items, said);
  const count = (byNetwork: boolean, byRule: boolean): number =>
    items.filter(({ label }, i) => (network[i] === label) === byNetwork && (said[i] === label) === byRule)
      .length;
  return {
    rule: name,
    recalls: Array.from({ length: classes }, (_, i) => table.recall(i)),
    onlyNetwork: count(true, false),
    onlyRule: count(false, true),
    neither: count(false, false),
  };
}
