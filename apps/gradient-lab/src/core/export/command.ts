import { linkOf } from "../link/link.ts";
import type { LabState } from "../settings.ts";

/**
 * The terminal command that gives the numbers of a state. What no link tells, as a model or options of training that were
 * changed on the way, is in the file that is saved.
 */
export function commandOf(state: LabState, beyondLink: boolean): string {
  if (beyondLink) return "npx pnpm lab run gradient-lab-saved.lab.json --json";
  // What a link leaves as it is has no meaning between quotes, but for the quote.
  return `npx pnpm lab run '${linkOf(state).replaceAll("'", "%27")}' --json`;
}
