import {
  type ElementType,
  type FloatArray,
  type Kernels,
  portableFloat32,
  portableFloat64,
  type Rows,
  Tokens,
  View,
} from "@unroll/kernels";
import {
  huber,
  type Loss,
  meanAbsoluteError,
  meanSquaredError,
  sigmoidCrossEntropy,
  softmaxCrossEntropy,
} from "@unroll/losses";

/** By the names of the fixtures. */
export const losses: Readonly<Record<string, Loss>> = {
  softmaxCrossEntropy: softmaxCrossEntropy(),
  "softmaxCrossEntropy 0.1": softmaxCrossEntropy({ labelSmoothing: 0.1 }),
  "sigmoidCrossEntropy sum": sigmoidCrossEntropy(),
  "sigmoidCrossEntropy mean": sigmoidCrossEntropy({ features: "mean" }),
  "meanSquaredError sum": meanSquaredError({ features: "sum" }),
  "meanSquaredError mean": meanSquaredError(),
  "meanAbsoluteError sum": meanAbsoluteError({ features: "sum" }),
  "meanAbsoluteError mean": meanAbsoluteError(),
  "huber sum": huber({ delta: 0.6, features: "sum" }),
  "huber mean": huber({ delta: 0.6 }),
};

export const arithmetics: readonly Kernels[] = [portableFloat32, portableFloat64];

export function zeros(type: ElementType, size: number): FloatArray {
  return type === "float32" ? new Float32Array(size) : new Float64Array(size);
}

export function matrix(type: ElementType, rows: readonly (readonly number[])[]): View {
  const view = new View(zeros(type, rows.length * rows[0].length), 0, rows.length, rows[0].length);
  view.data.set(rows.flat());
  return view;
}

export function column(type: ElementType, values: readonly number[]): View {
  return matrix(
    type,
    values.map((value) => [value]),
  );
}

export function tokens(values: readonly number[]): Tokens {
  return new Tokens(Int32Array.from(values), 0, values.length);
}

/** Targets of any kind, as the fixtures write them: one integer a row, or one row of numbers a row. */
export function targetsOf(type: ElementType, targets: readonly (number | readonly number[])[]): Rows {
  return typeof targets[0] === "number" ? tokens(targets as number[]) : matrix(type, targets as number[][]);
}

/** w ℓ of every row, and scale · w ∂ℓ/∂o. The buffers start with NaN. */
export function evaluate(
  loss: Loss,
  outputs: readonly (readonly number[])[],
  targets: readonly (number | readonly number[])[],
  options: { weights?: readonly number[] | undefined; scale?: number; kernels?: Kernels } = {},
): { losses: number[]; dOutputs: number[] } {
  const { weights, scale = 1, kernels = portableFloat64 } = options;
  const { type } = kernels;
  const rowLosses = column(
    type,
    outputs.map(() => Number.NaN),
  );
  const dOutputs = matrix(
    type,
    outputs.map((row) => row.map(() => Number.NaN)),
  );
  loss.evaluate(
    kernels,
    rowLosses,
    dOutputs,
    matrix(type, outputs),
    targetsOf(type, targets),
    weights && column(type, weights),
    scale,
  );
  return { losses: Array.from(rowLosses.data), dOutputs: Array.from(dOutputs.data) };
}

/** |a - b| in units of `relative`·|b| + `absolute`; at most 1 is agreement. */
export function distance(a: number, b: number, relative: number, absolute: number): number {
  return a === b ? 0 : Math.abs(a - b) / (relative * Math.abs(b) + absolute);
}

/** Numbers in (-1, 1), the same on every run. */
export function pseudoRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

/** Targets that suit a loss: tokens, numbers in [0, 1], or numbers around 0. */
export function randomTargets(
  loss: Loss,
  rows: number,
  columns: number,
  random: () => number,
): (number | number[])[] {
  return Array.from({ length: rows }, () => {
    if (loss.targets === "tokens") return Math.floor(((random() + 1) / 2) * columns);
    return Array.from({ length: columns }, () => (loss.targetRange ? (random() + 1) / 2 : 2 * random()));
  });
}
