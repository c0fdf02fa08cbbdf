import { Confusion } from "@unroll/train";
import { type Labelled, NaiveBayes } from "../baseline/naive-bayes.ts";
import type { LabelledData } from "./labelled-data.ts";
import { normalized, type Reading } from "./reading.ts";
import { likeliest, type Scores } from "./scores.ts";

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

/** The same from the scores of a network. */
export function confusionOfScores(
  classes: number,
  items: readonly Labelled[],
  scores: readonly Scores[],
): Confusion {
  return confusionOf(classes, items, scores.map(likeliest));
}

const ORDERS = [3, 4];

/** What naive Bayes reaches on the test part that counts what the network learns from, after the rule that says one class always. */
export function baselinesOf({ classes, train, test }: LabelledData, reading: Reading): Figures[] {
  const read = (items: readonly Labelled[]): Labelled[] =>
    items.map(({ text, label }) => ({ text: normalized(text, reading), label }));
  const [learned, asked] = [read(train), read(test)];
  const counts = classes.map((_, number) => train.filter(({ label }) => label === number).length);
  const commonest = likeliest(counts);
  const always = asked.map(() => commonest);
  return [
    figuresOf(`always ${classes[commonest]}`, confusionOf(classes.length, test, always)),
    ...ORDERS.map((order) => {
      const bayes = new NaiveBayes(order, classes.length, learned);
      const said = asked.map(({ text }) => bayes.classify(text));
      return figuresOf(`naive Bayes, ${order}-grams`, confusionOf(classes.length, test, said));
    }),
  ];
}
