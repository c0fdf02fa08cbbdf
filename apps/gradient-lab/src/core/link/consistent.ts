import { defaults } from "../controls.ts";
import type { LabState, Settings } from "../settings.ts";

/**
 * Makes parts of a state agree that depend on each other, with a sentence for each change: the selection lies within
 * the sequence, a named matrix has its own size.
 */
export function consistent(state: LabState, notes: string[]): LabState {
  const { steps } = state;
  const t = within(state.t, steps, "t", "after the last step", notes);
  const last = t ?? steps;
  const k = within(state.k, last, "k", `after step ${last}`, notes);
  const pin = state.pin && sized(state.pin, notes);
  return { ...sized({ ...state, t, k }, notes), pin };
}

/** X1, X2 and X4 are 2×2 matrices. */
function sized<Some extends Settings>(settings: Some, notes: string[]): Some {
  if (!/^x\d$/.test(settings.init) || settings.hidden === 2) return settings;
  if (settings.hidden !== defaults.hidden)
    notes.push(`hidden=${settings.hidden} doesn't go with ${settings.init}, a matrix of 2 units; using 2.`);
  return { ...settings, hidden: 2 };
}

function within(
  value: number | null,
  most: number,
  key: string,
  what: string,
  notes: string[],
): number | null {
  if (value === null || value <= most) return value;
  notes.push(`${key}=${value} is ${what}; using ${most}.`);
  return most;
}
