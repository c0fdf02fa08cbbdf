import type { Confusion } from "@unroll/train";
import { aligned } from "../terminal/aligned.ts";
import { percentText } from "../terminal/words.ts";

/** Tables with more classes are too wide to read: then only the commonest mistakes are listed. */
const WIDEST = 12;
const MISTAKES = 10;

/**
 * Who was taken for whom: a row for each class, a column for each that was said, and how often both are right. Last, if
 * given, the recall of naive Bayes.
 */
export function confusionText(
  confusion: Confusion,
  classes: readonly string[],
  bayes?: readonly number[],
): string {
  if (classes.length > WIDEST) return mistakesText(confusion, classes);
  const short = abbreviated(classes);
  const heads = ["is \\ said", ...short, "recall", "F1", ...(bayes ? ["Bayes"] : [])];
  const rows = classes.map((name, i) => [
    name,
    ...classes.map((_, j) => (confusion.count(i, j) === 0 ? "." : String(confusion.count(i, j)))),
    percentText(confusion.recall(i)),
    percentText(confusion.f1(i)),
    ...(bayes ? [percentText(bayes[i]!)] : []),
  ]);
  const precision = ["precision", ...classes.map((_, j) => percentText(confusion.precision(j), 0))];
  return aligned([heads, ...rows, precision]);
}

function mistakesText(confusion: Confusion, classes: readonly string[]): string {
  const pairs = classes
    .flatMap((actual, i) =>
      classes.map((said, j) => ({ actual, said, count: i === j ? 0 : confusion.count(i, j) })),
    )
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, MISTAKES);
  const rows = pairs.map(({ actual, said, count }) => [`  ${actual}, taken for ${said}`, String(count)]);
  return `Commonest mistakes:\n${aligned(rows)}`;
}

/** The first three letters of each name, or more where they would not tell them apart. */
function abbreviated(names: readonly string[]): string[] {
  return names.map((name) => {
    let length = 3;
    while (
      length < name.length &&
      names.some((other) => other !== name && other.slice(0, length) === name.slice(0, length))
    )
      length++;
    return name.slice(0, length);
  });
}
