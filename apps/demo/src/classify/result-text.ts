import type { RunSummary } from "../tasks.ts";
import { aligned } from "../terminal/aligned.ts";
import { percentText } from "../terminal/words.ts";
import { spread } from "../training/spread.ts";
import { confusionText } from "./confusion-text.ts";
import type { Duel, Figures } from "./figures.ts";
import type { ClassifyResult } from "./judge.ts";
import { nameOf } from "./name.ts";
import type { Settings } from "./settings.ts";

const COLUMNS = {
  accuracy: "accuracy",
  macroRecall: "macro recall",
  macroF1: "macro F1",
} as const satisfies Partial<Record<keyof Figures, string>>;

/** The table of figures, the network last, and who was taken for whom. */
export function resultText({ baselines, network, seeds, confusion, classes, duel }: ClassifyResult): string {
  const rows = [
    ...baselines.map((rule) => [`  ${rule.name}`, ...cells(rule)]),
    ...(seeds.length > 1 ? [[`  one of ${seeds.length} seeds`, ...spreads(seeds)]] : []),
    [`> ${network.name}`, ...cells(network)],
  ];
  const table = aligned([["", ...Object.values(COLUMNS)], ...rows]);
  return `${table}\n${confusionText(confusion, classes, duel?.recalls)}${duel ? duelText(duel) : ""}`;
}

function duelText({ rule, onlyNetwork, onlyRule, neither }: Duel): string {
  return `Beside ${rule}: right alone ${onlyNetwork}, wrong alone ${onlyRule}, both wrong ${neither}.\n`;
}

/** The same for machines. */
export function resultFields({ confusion, ...result }: ClassifyResult): Readonly<Record<string, unknown>> {
  const { classes } = result;
  return { ...result, confusion: classes.map((_, i) => classes.map((_, j) => confusion.count(i, j))) };
}

/** Runs beside each other. */
export function compareText(runs: readonly RunSummary[]): string {
  const rows = runs.map(({ path, settings, figures }) => {
    const { network, seeds = [] } = figures as Partial<Pick<ClassifyResult, "network" | "seeds">>;
    const name = nameOf(settings as unknown as Settings);
    if (!network) return [path, name, "not finished"];
    return [path, name, ...cells(network), ...(seeds.length > 1 ? [spreads(seeds)[0]!] : [])];
  });
  return aligned([
    ["on the test part, in %", "network", ...Object.values(COLUMNS), "one of the seeds"],
    ...rows,
  ]);
}

function cells(figures: Figures): string[] {
  return names.map((name) => percentText(figures[name]));
}

function spreads(seeds: readonly Figures[]): string[] {
  const valuesOf = (name: keyof typeof COLUMNS): number[] => seeds.map((seed) => seed[name]);
  return names.map((name) => spread(valuesOf(name), percentText));
}

const names = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];
