import { defaults } from "../controls.ts";
import type { Frame } from "../frame.ts";
import { linkOf } from "../link/link.ts";

/**
 * A frame as JSON: the link that opens it, and all of its numbers with all their digits. What JSON has no number for is
 * null (nothing to measure) or "Infinity", "-Infinity".
 */
export function frameJson(frame: Frame): string {
  const link = linkOf({ ...defaults, ...frame.settings });
  return `${JSON.stringify({ link, ...frame }, plain)}\n`;
}

function plain(_key: string, value: unknown): unknown {
  if (value instanceof Float64Array) return Array.from(value, plainNumber);
  return typeof value === "number" ? plainNumber(value) : value;
}

function plainNumber(value: number): number | string | null {
  if (Number.isNaN(value)) return null;
  return Number.isFinite(value) ? value : String(value);
}
