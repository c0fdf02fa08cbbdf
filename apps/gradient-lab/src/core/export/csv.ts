import { decayAt, shownMap } from "../curves.ts";
import type { Frame } from "../frame.ts";
import type { MapMode } from "../settings.ts";

/** The map as CSV, a row for each pair of steps k ≤ t: t, k, their labels, and the value that the mode shows. */
export function mapCsv(frame: Frame, mode: MapMode, pinned?: Frame): string {
  const { values, title } = shownMap(frame, mode, pinned);
  const { steps: T, labels } = frame;
  const rows: unknown[][] = [["t", "k", "label of t", "label of k", title]];
  for (let t = 1; t <= T; t++)
    for (let k = 1; k <= t; k++) rows.push([t, k, labels[t - 1], labels[k - 1], values[(t - 1) * T + k - 1]]);
  return csv(rows);
}

/** The decay curves of step t as CSV, a row for each number of steps back. All are log10. */
export function curvesCsv(frame: Frame, t: number = frame.steps): string {
  const { bound, product, measured, carried, lyapunov } = decayAt(frame, t);
  const rows: unknown[][] = [
    ["steps back", "bound", "product of norms", "measured", "loss gradient", "lyapunov slope"],
  ];
  for (const lag of measured.keys())
    rows.push([lag, bound[lag], product[lag], measured[lag], carried[lag], lyapunov[lag]]);
  return csv(rows);
}

/** RFC 4180: CRLF, and quotes around what needs them. Numbers have all their digits; what is missing is empty. */
function csv(rows: readonly (readonly unknown[])[]): string {
  return rows.map((row) => `${row.map(field).join(",")}\r\n`).join("");
}

function field(value: unknown): string {
  const text = Number.isNaN(value) ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
