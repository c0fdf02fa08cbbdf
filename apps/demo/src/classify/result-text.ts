import type { Confusion } from "@unroll/train";
import { aligned } from "../terminal/aligned.ts";
import { countText, durationText, percentText } from "../terminal/words.ts";
import { spread } from "../training/spread.ts";
import { confusionText } from "./confusion-text.ts";
import type { Figures } from "./figures.ts";

/** What came out of a run, on the test part. */
export interface ClassifyResult {
  readonly classes: readonly string[];
  readonly noun: string;
  readonly baselines: readonly Figures[];
  /** The network that is saved: the one there is, or the mean of all. */
  readonly network: Figures;
  /** Of each seed. */
  readonly seeds: readonly Figures[];
  readonly confusion: Confusion;
}

const HEADS = ["accuracy", "macro recall", "macro F1"] as const;
const FIGURES = ["accuracy", "macroRecall", "macroF1"] as const;

/** The table of figures that ends a run, the network last, and who was taken for whom. */
export function resultText(result: ClassifyResult, steps: number, seconds: number): string {
  const { baselines, network, seeds, confusion, classes, noun } = result;
  const rows = [
    ...baselines.map((row) => [`  ${row.name}`, ...cells(row)]),
    ...(seeds.length > 1 ? [[`  ${seeds.length} seeds, each by itself`, ...spreads(seeds)]] : []),
    [`> ${network.name}`, ...cells(network)],
  ];
  return [
    `${countText(confusion.items)} ${noun}s to test, in % (more are better), after ${countText(steps)} steps in ${durationText(seconds)}:`,
    aligned([["", ...HEADS], ...rows]),
    confusionText(confusion, classes),
  ].join("\n");
}

function cells(figures: Figures): string[] {
  return FIGURES.map((name) => percentText(figures[name]));
}

function spreads(seeds: readonly Figures[]): string[] {
  return FIGURES.map((name) =>
    spread(
      seeds.map((seed) => seed[name]),
      percentText,
    ),
  );
}
