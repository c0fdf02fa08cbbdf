import type { Colors } from "../terminal/streams.ts";
import { countText } from "../terminal/words.ts";
import type { RunPlan, RunResult } from "./reporter.ts";

/** What the run will do, in two lines. */
export function planText(plan: RunPlan, colors: Colors): string {
  return [
    `${colors.bold(plan.data)}: ${plan.about}`,
    `${colors.bold(plan.network)}: ${countText(plan.parameters)} parameters, ` +
      `steps ${plan.startStep + 1} to ${plan.totalSteps}, seed ${plan.seed}`,
    "",
  ].join("\n");
}

/** The figures that end a run, and where it is saved. */
export function resultText({ text, out }: RunResult): string {
  return `${text}Saved: ${out}\n`;
}

/** What to try next, one command a line. */
export function nextText(next: RunResult["next"], colors: Colors): string {
  return [
    "Try next:",
    ...next.flatMap(([command, does]) => [`  ${colors.cyan(command)}`, `      ${does}`]),
    "",
  ].join("\n");
}
