import type { Colors } from "../terminal/streams.ts";
import { bitsText, countText, durationText } from "../terminal/words.ts";
import type { RunPlan, RunResult } from "./reporter.ts";

/** What the run will do, in two lines. */
export function planText(plan: RunPlan, colors: Colors): string {
  const { train, validation, test } = plan.characters;
  return [
    `${colors.bold(plan.data)}: ${countText(train)} characters to learn from, ${countText(validation)} to validate, ` +
      `${countText(test)} to test, ${plan.vocabularySize} symbols`,
    `${colors.bold(plan.network)}: ${countText(plan.parameters)} parameters, ` +
      `steps ${plan.startStep + 1} to ${plan.totalSteps}, seed ${plan.seed}`,
    "",
  ].join("\n");
}

/** The table of figures that ends a run: the network among the baselines, worst first. */
export function resultText(result: RunResult, network: string): string {
  const rows = [
    ...result.baselines.map(({ name, bitsPerCharacter }) => ({ name, bits: bitsPerCharacter, mark: " " })),
    { name: network, bits: result.test, mark: ">" },
  ].sort((a, b) => b.bits - a.bits);
  const width = Math.max(...rows.map(({ name }) => name.length));
  return [
    `Bits per character on the test text (fewer are better), after ${result.steps} steps in ${durationText(result.seconds)}:`,
    ...rows.map(({ name, bits, mark }) => `${mark} ${name.padEnd(width)}  ${bitsText(bits)}`),
    `On the validation text: ${bitsText(result.validation)}`,
    `Saved: ${result.out}`,
    "",
  ].join("\n");
}

/** What to try next, one command a line. */
export function nextText(next: RunResult["next"], colors: Colors): string {
  return [
    "Try next:",
    ...next.flatMap(([command, does]) => [`  ${colors.cyan(command)}`, `      ${does}`]),
    "",
  ].join("\n");
}
