import { cpus, totalmem } from "node:os";
import type { Row } from "./compare.ts";
import { REPRODUCIBLE } from "./list.ts";

/** What a run has found. */
export interface Comparison {
  readonly date: string;
  /** Peer → version. */
  readonly versions: Readonly<Record<string, string>>;
  /** What was computed → its row, in milliseconds. */
  readonly training: Readonly<Record<string, Row>>;
  readonly streaming: Readonly<Record<string, Row>>;
}

/** The text of docs/benchmarks.md. */
export function document({ date, versions, training, streaming }: Comparison): string {
  const names = Object.keys(versions);
  const used = (rows: Comparison["training"]): string[] =>
    names.filter((name) => Object.values(rows).some((row) => name in row));
  const cells = (rows: Comparison["training"], columns: readonly string[], cell: Cell): string[][] =>
    Object.entries(rows).map(([what, row]) => [
      what,
      ...columns.map((name) => (name in row ? cell(row[name], row) : "–")),
    ]);
  const ratio: Cell = (value, row) => short(value / row[REPRODUCIBLE]);
  const trained = used(training);
  const streamed = used(streaming);
  return `# Benchmarks

Written by \`npx pnpm bench --peers\`; do not edit. How to repeat it: [benchmarks/peers](../benchmarks/peers/README.md).

${date}, ${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}. All on one
core unless a column says otherwise. Every program got the same weights and data, computed the same loss (and gradient norm,
where it gives one) within the rounding of float32, and was then timed in turns with the others; the figures are medians.

${markdown(["program", "version"], Object.entries(versions))}

## Training

Milliseconds of one training step: forward, loss and all gradients, without an optimizer, in float32, inputs given as dense
matrices. I inputs, H hidden units, O outputs, B sequences, T steps.

${markdown(
  ["I, H, O, B, T", ...trained],
  cells(training, trained, (value) => short(value)),
)}

As multiples of the time of ${REPRODUCIBLE}:

${markdown(["I, H, O, B, T", ...trained], cells(training, trained, ratio))}

## Streaming

Microseconds of one step of one sequence, with 8 inputs and 8 outputs.

${markdown(
  ["H", ...streamed],
  cells(streaming, streamed, (value) => short(1000 * value)),
)}

As multiples of the time of ${REPRODUCIBLE}:

${markdown(["H", ...streamed], cells(streaming, streamed, ratio))}
`;
}

type Cell = (value: number, row: Row) => string;

/** Three digits, as many as the measurement is worth. */
function short(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toFixed(value >= 10 ? 1 : 2);
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, at) => (at === 0 ? "---" : "--:"));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}
