import { expect, test } from "vitest";
import { confusionOf } from "../classify/figures.ts";
import { labelledData } from "../classify/labelled-data.ts";
import { readLabelled } from "../classify/read-labelled.ts";
import { normalized } from "../classify/reading.ts";
import { percentText } from "../terminal/words.ts";
import { NaiveBayes } from "./naive-bayes.ts";

const nothing = (async function* () {})();
const names = await readLabelled("names", nothing);

// Computed by another program with the same rule, see data.
test.each([
  { fold: false, order: 3, accuracy: "80.2", recall: "74.5" },
  { fold: false, order: 4, accuracy: "82.4", recall: "75.2" },
  { fold: true, order: 3, accuracy: "74.6", recall: "70.0" },
  { fold: true, order: 4, accuracy: "78.2", recall: "70.9" },
])(
  "surnames, ASCII: $fold, up to $order-grams: $accuracy / $recall %",
  ({ fold, order, accuracy, recall }) => {
    const reading = { fold, keepCase: false, seqLen: 100 };
    const data = labelledData(names, { ...reading, withValidation: true });
    const read = (items: typeof data.train) =>
      items.map(({ text, label }) => ({ text: normalized(text, reading), label }));
    expect([data.train.length, data.test.length]).toEqual([7554, 1888]);
    const bayes = new NaiveBayes(order, data.classes.length, read(data.train));
    const said = read(data.test).map(({ text }) => bayes.classify(text));
    const table = confusionOf(data.classes.length, data.test, said);
    expect([percentText(table.accuracy), percentText(table.macroRecall)]).toEqual([accuracy, recall]);
  },
);

test("a case by hand: one text a class, one-grams", () => {
  const bayes = new NaiveBayes(
    1,
    2,
    [
      { text: "aab", label: 0 },
      { text: "b", label: 1 },
    ],
    0.5,
  );
  // Grams ^ a b $ (4): class 0 has 5 of them, class 1 has 3. p(a|0) = 2.5/7, p(a|1) = 0.5/5; p(b|0) = 1.5/7, p(b|1) = 1.5/5.
  expect(bayes.classify("a")).toBe(0);
  expect(bayes.classify("b")).toBe(1);
  // 2.5/7 · (1.5/7)³ · (1.5/7)² against 0.5/5 · (1.5/5)³ · (1.5/5)²: 1.6e-4 and 2.4e-4.
  expect(bayes.classify("abbb")).toBe(1);
  expect(bayes.classify("aabbb")).toBe(0);
});
