import { defaults } from "../controls.ts";
import type { Frame } from "../frame.ts";
import type { History } from "../lab.ts";
import { linkOf } from "../link/link.ts";
import type { OpenedModel } from "../model/opened-model.ts";

/**
 * A frame as JSON: the link that opens it (but for an opened model, which is named), all of its numbers with all their digits, and the course of training that led to
 * it. What JSON has no number for is null (nothing to measure) or "Infinity", "-Infinity".
 */
export function frameJson(frame: Frame, history: History, model?: OpenedModel): string {
  const link = linkOf({ ...defaults, ...frame.settings });
  return `${JSON.stringify({ link, model: model?.name, ...frame, training: trainingUpTo(frame.update, history) }, plain)}\n`;
}

/** What training met before an update. Where the spectrum was looked at depends on who looked, and is left out. */
function trainingUpTo(end: number, history: History): Partial<History> {
  const count = history.update.filter((update) => update < end).length;
  const { update, loss, gradientNorm, clippedNorm } = history;
  const first = (values: Float64Array): Float64Array => values.subarray(0, count);
  return {
    update: first(update),
    loss: first(loss),
    gradientNorm: first(gradientNorm),
    clippedNorm: first(clippedNorm),
  };
}

function plain(_key: string, value: unknown): unknown {
  if (value instanceof Float64Array) return Array.from(value, plainNumber);
  return typeof value === "number" ? plainNumber(value) : value;
}

function plainNumber(value: number): number | string | null {
  if (Number.isNaN(value)) return null;
  return Number.isFinite(value) ? value : String(value);
}
