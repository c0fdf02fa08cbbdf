import { bitsText, durationText } from "../terminal/words.ts";
import { spread } from "../training/spread.ts";
import type { Baseline } from "./baselines.ts";

interface Figures {
  readonly network: string;
  readonly steps: number;
  readonly seconds: number;
  readonly validation: number;
  /** Of the network that is saved. */
  readonly test: number;
  /** Of each seed. */
  readonly tests: readonly number[];
  readonly baselines: readonly Baseline[];
}

/** The table of figures that ends a run. */
export function resultText({ network, steps, seconds, validation, test, tests, baselines }: Figures): string {
  return [
    `Bits per character on the test text (fewer are better), after ${steps} steps in ${durationText(seconds)}:`,
    `${bitsTable(network, test, baselines)}On the validation text: ${bitsText(validation)}`,
    ...(tests.length > 1 ? [`${tests.length} seeds on the test text: ${spread(tests, bitsText)}`] : []),
    "",
  ].join("\n");
}

/** The network among the baselines, worst first. */
export function bitsTable(network: string, test: number, baselines: readonly Baseline[]): string {
  const rows = [
    ...baselines.map(({ name, bitsPerCharacter }) => ({ name, bits: bitsPerCharacter, mark: " " })),
    { name: network, bits: test, mark: ">" },
  ].sort((a, b) => b.bits - a.bits);
  const width = Math.max(...rows.map(({ name }) => name.length));
  return rows.map(({ name, bits, mark }) => `${mark} ${name.padEnd(width)}  ${bitsText(bits)}\n`).join("");
}
