import { type ElementType, ShapeError, ValueError, type View } from "@unroll/kernels";
import { newMatrix } from "./buffers.ts";
import { type BatchBuffer, type Dataset, dataset, type Plan, resize } from "./dataset.ts";
import { checkMatrix, chooseColumns, clearRow, copyColumns } from "./matrices.ts";
import { elementType, flag, integer, knownOptions, oneOf, seedOf } from "./options.ts";
import { epochOrder } from "./order.ts";

export interface WindowOptions {
  /** T: steps of a window. */
  readonly steps: number;
  /** B: windows side by side. */
  readonly batch: number;
  /** How many rows later the target stands. Default 1. */
  readonly horizon?: number | undefined;
  /** Rows from the start of one window to the next. Default T. */
  readonly stride?: number | undefined;
  /** Columns of the series that are inputs, in this order. Default: all. */
  readonly inputColumns?: readonly number[] | undefined;
  /** Columns of the series that are targets, in this order. Default: all. */
  readonly targetColumns?: readonly number[] | undefined;
  /** Steps whose loss counts: every one, or the last of a window. Default "every-step". */
  readonly scored?: "every-step" | "last-step" | undefined;
  /** Take the windows in a random order, a new one each epoch. Default true. */
  readonly shuffle?: boolean | undefined;
  /** Of the random order. Default 0. */
  readonly seed?: number | undefined;
  /** Of the batches. Default: that of the series. */
  readonly type?: ElementType | undefined;
}

/**
 * Windows of a series of numbers (R rows): step t of the window at s reads row s + t and aims at row s + t + horizon,
 * so no input stands later than the moment its target is predicted from. s = 0, stride, 2·stride, …
 * Several series, as of several places, have the same columns; no window reaches from one into another.
 *
 * A last window of a series with fewer than T steps is yielded if full ones leave rows at the end without being targets;
 * it is filled up with rows of zeros whose weight is 0. So with stride ≤ T every row from `horizon` on is a target,
 * exactly once if stride = T (and every step is scored). The last batch of an epoch may have fewer windows.
 *
 * @throws NonFiniteError with row and column, ShapeError if the series have different columns, ValueError if one is
 * shorter than one window or there is none, OptionError
 */
export function windows(series: View | readonly View[], options: WindowOptions): Dataset {
  const where = "windows";
  knownOptions(where, options, [
    "steps",
    "batch",
    "horizon",
    "stride",
    "inputColumns",
    "targetColumns",
    "scored",
    "shuffle",
    "seed",
    "type",
  ]);
  const steps = integer(where, "steps", options.steps, 1);
  const horizon = integer(where, "horizon", options.horizon ?? 1, 1);
  const stride = integer(where, "stride", options.stride ?? steps, 1);
  const lastOnly =
    oneOf(where, "scored", options.scored ?? "every-step", ["every-step", "last-step"]) === "last-step";
  const shuffle = flag(where, "shuffle", options.shuffle ?? true);
  const seed = seedOf(where, options.seed ?? 0);
  const all = "data" in series ? [series] : series;
  const columns = checkSeries(where, all, steps, horizon);
  const type = elementType(
    where,
    options.type ?? ((all[0] as View).data instanceof Float32Array ? "float32" : "float64"),
  );
  const inputColumns = chooseColumns(where, "inputColumns", options.inputColumns, columns);
  const targetColumns = chooseColumns(where, "targetColumns", options.targetColumns, columns);

  const places = placesOf(all, steps, horizon, stride);
  const count = places.starts.length;
  const batch = Math.min(integer(where, "batch", options.batch, 1), count);
  const weights = newMatrix(where, type, steps * batch, 1);
  const inputs = newMatrix(where, type, steps * batch, inputColumns.length);
  const targets = newMatrix(where, type, steps * batch, targetColumns.length);
  const buffer: BatchBuffer = { steps, batch, inputs, targets, weights: undefined, carry: false };
  const order = new Int32Array(count);

  const plan: Plan = {
    steps,
    batch,
    inputSize: inputColumns.length,
    targetSize: targetColumns.length,
    batchesPerEpoch: Math.ceil(count / batch),
    buffer,
    begin: (epoch) => epochOrder(order, shuffle, seed, epoch),
    fill(index) {
      const first = index * batch;
      const B = Math.min(batch, count - first);
      buffer.weights = weights;
      resize(buffer, steps, B);
      let weighted = lastOnly;
      for (let b = 0; b < B; b++) {
        const place = order[first + b] as number;
        const source = all[places.series[place] as number] as View;
        const start = places.starts[place] as number;
        const length = Math.min(steps, source.rows - horizon - start);
        if (length < steps) weighted = true;
        for (let t = 0; t < steps; t++) {
          const row = t * B + b;
          if (t < length) {
            copyColumns(inputs, row, source, start + t, inputColumns);
            copyColumns(targets, row, source, start + t + horizon, targetColumns);
          } else {
            clearRow(inputs, row);
            clearRow(targets, row);
          }
          weights.data[row] = t === length - 1 || (t < length && !lastOnly) ? 1 : 0;
        }
      }
      if (!weighted) buffer.weights = undefined; // every step counts once
    },
  };
  return dataset(where, plan);
}

/** Checks all series and returns how many columns each has. */
function checkSeries(where: string, all: readonly View[], steps: number, horizon: number): number {
  const columns = all[0]?.columns ?? 0;
  if (all.length === 0) throw new ValueError(where, "number of series", 0, "at least 1");
  for (const [i, series] of all.entries()) {
    const name = all.length === 1 ? "series" : `series ${i}`;
    checkMatrix(where, name, series);
    if (series.columns !== columns)
      throw new ShapeError(where, name, [series.rows, series.columns], [series.rows, columns]);
    if (series.rows < steps + horizon)
      throw new ValueError(
        where,
        `number of rows${all.length === 1 ? "" : ` of ${name}`}`,
        series.rows,
        `at least ${steps + horizon} = ${steps} steps + horizon ${horizon}: one window`,
      );
  }
  return columns;
}

/** Of each window: the number of its series, and the row where it starts. */
function placesOf(
  all: readonly View[],
  steps: number,
  horizon: number,
  stride: number,
): { readonly series: Int32Array; readonly starts: Int32Array } {
  const counts = all.map(({ rows }) => countWindows(rows - horizon, steps, stride));
  const series = counts.flatMap((count, i) => Array.from({ length: count }, () => i));
  const starts = counts.flatMap((count) => Array.from({ length: count }, (_, w) => w * stride));
  return { series: Int32Array.from(series), starts: Int32Array.from(starts) };
}

/** Full windows, and one more if they leave pairs at the end that a shorter one can reach. */
function countWindows(pairs: number, steps: number, stride: number): number {
  const full = Math.floor((pairs - steps) / stride) + 1;
  const covered = (full - 1) * stride + steps;
  return covered < pairs && full * stride < pairs ? full + 1 : full;
}
