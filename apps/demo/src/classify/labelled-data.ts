import { splitByOrder } from "@unroll/datasets";
import { elementary64 } from "@unroll/kernels";
import {
  type Dataset,
  dropTokens,
  padded,
  type Sequence,
  type Vocabulary,
  vocabularyOf,
} from "@unroll/train";
import type { Labelled } from "../baseline/naive-bayes.ts";
import { DataError } from "../errors.ts";
import type { LabelledLine, NamedLines } from "./labelled-lines.ts";
import { encodeText, type Reading, symbolsOf, UNKNOWN } from "./reading.ts";
import type { Settings } from "./settings.ts";

/** What a network reads and what it says. */
export interface Language {
  /** The labels, sorted: class number i stands at place i. */
  readonly classes: readonly string[];
  /** The symbols of what is learned, and one for all others. */
  readonly vocabulary: Vocabulary;
}

/** Labelled lines, cut into what is learned, what is watched and what is tested. */
export interface LabelledData extends Language {
  /** Symbols of the longest text. */
  readonly steps: number;
  readonly train: readonly Labelled[];
  readonly validation: readonly Labelled[];
  readonly test: readonly Labelled[];
}

/** More labels than that are a sign that the columns were taken the wrong way round. */
const MOST_CLASSES = 1000;

/**
 * Sorts the texts and cuts them: of each five one to test and one to validate. A text that stands there several times
 * is in one part with all of its lines. With `withValidation` what is validated is learned, too.
 * @throws DataError if there are fewer than two labels or five texts, or a label has none to learn from
 */
export function labelledData(
  { where, lines }: Pick<NamedLines, "where" | "lines">,
  { withValidation, ...reading }: Reading & Pick<Settings, "withValidation">,
): LabelledData {
  const classes = [...new Set(lines.map(({ label }) => label))].sort();
  const byText = new Map<string, LabelledLine[]>();
  for (const line of lines) {
    const same = byText.get(line.text);
    if (same) same.push(line);
    else byText.set(line.text, [line]);
  }
  checkCounts(where, classes.length, byText.size);
  const numbers = new Map(classes.map((label, number) => [label, number]));
  const split = splitByOrder([...byText.keys()].sort());
  const linesOf = (texts: readonly string[]): LabelledLine[] => texts.flatMap((text) => byText.get(text)!);
  const learned = linesOf(withValidation ? [...split.train, ...split.validation].sort() : split.train);
  checkLearned(where, classes, learned, lines);
  const labelled = (some: readonly LabelledLine[]): Labelled[] =>
    some.map(({ text, label }) => ({ text, label: numbers.get(label)! }));
  const symbols = learned.map(({ text }) => symbolsOf(text, reading)).join("");
  const lengths = lines.map(({ text }) => Array.from(symbolsOf(text, reading)).length);
  return {
    classes,
    steps: lengths.reduce((most, length) => Math.max(most, length), 0),
    vocabulary: vocabularyOf(symbols, { unknown: UNKNOWN }),
    train: labelled(learned),
    validation: labelled(linesOf(split.validation)),
    test: labelled(linesOf(split.test)),
  };
}

function checkCounts(where: string, classes: number, texts: number): void {
  if (classes < 2 || classes > MOST_CLASSES)
    throw new DataError(
      where,
      `has ${classes === 1 ? "1 label" : `${classes} labels`}, expected 2 to ${MOST_CLASSES}`,
      { got: classes, expected: "at least 2" },
      "The label stands first in a line, or below the name label.",
    );
  if (texts < 5)
    throw new DataError(where, `has ${texts} different texts, expected at least 5`, {
      got: texts,
      expected: 5,
    });
}

function checkLearned(
  where: string,
  classes: readonly string[],
  learned: readonly LabelledLine[],
  lines: readonly LabelledLine[],
): void {
  const seen = new Set(learned.map(({ label }) => label));
  const missing = classes.find((label) => !seen.has(label));
  if (missing === undefined) return;
  const { line } = lines.find(({ label }) => label === missing)!;
  throw new DataError(
    where,
    `line ${line}: the label ${missing} has too few texts: none of them falls in the part to learn from`,
    { line, label: missing },
    "Add lines with this label, or leave it out.",
  );
}

/** What a network with this seed learns from: batches of texts of similar length, some characters hidden. */
export function trainingBatches(data: LabelledData, settings: Settings, seed: number): Dataset {
  const { batch, drop, earlier } = settings;
  const weights = classWeights(data, settings.balance);
  const sequences = data.train.map(
    ({ text, label }): Sequence => ({
      inputs: encodeText(text, settings, data.vocabulary),
      targets: label,
      weight: weights[label]!,
    }),
  );
  const batches = padded(sequences, { ...sizesOf(data), batch, earlierWeight: earlier, bucket: true, seed });
  const token = data.vocabulary.encode(UNKNOWN)[0]!;
  return dropTokens(batches, { rate: drop, token, seed });
}

/** Texts to score, in order, nothing hidden. */
export function scoredBatches(language: Language, items: readonly Labelled[], reading: Reading): Dataset {
  const sequences = items.map(
    ({ text, label }): Sequence => ({
      inputs: encodeText(text, reading, language.vocabulary),
      targets: label,
    }),
  );
  return padded(sequences, { ...sizesOf(language), batch: 32, shuffle: false });
}

function sizesOf({ vocabulary, classes }: Language) {
  return { scored: "last-step", inputSize: vocabulary.size, targetSize: classes.length } as const;
}

/** (N / (C n))^β for each class. */
function classWeights({ classes, train }: LabelledData, balance: number): number[] {
  const { exp, log } = elementary64; // those of the engine differ from one to the next
  const counts = classes.map((_, number) => train.filter(({ label }) => label === number).length);
  return counts.map((count) => exp(balance * log(train.length / (classes.length * count))));
}
