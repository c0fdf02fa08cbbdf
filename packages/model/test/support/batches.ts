import { type ElementType, type FloatArray, type Rows, Tokens, View } from "@unroll/kernels";
import { RandomState } from "@unroll/linalg";
import type { Batch } from "@unroll/model";

/** Numbers or tokens at random: `columns` is their number of columns, or of symbols. */
function randomRows(random: RandomState, kind: "tokens" | ElementType, rows: number, columns: number): Rows {
  if (kind === "tokens")
    return new Tokens(
      Int32Array.from({ length: rows }, () => random.randint(0, columns)),
      0,
      rows,
    );
  const values = random.randn(rows * columns);
  return new View(kind === "float32" ? Float32Array.from(values) : values, 0, rows, columns);
}

export interface BatchOptions {
  readonly steps: number;
  readonly batch: number;
  readonly inputs: number;
  readonly outputs: number;
  /** Of the inputs; targets are tokens. */
  readonly kind?: "tokens" | ElementType;
  readonly seed?: number;
}

export function randomBatch({
  steps,
  batch,
  inputs,
  outputs,
  kind = "tokens",
  seed = 1,
}: BatchOptions): Batch {
  const random = new RandomState(seed);
  return {
    steps,
    batch,
    inputs: randomRows(random, kind, steps * batch, inputs),
    targets: randomRows(random, "tokens", steps * batch, outputs),
  };
}

/** Steps `from` … `from + steps - 1` of the sequences `first` … `first + count - 1`, copied. */
export function part(
  whole: Batch,
  of: { readonly from?: number; readonly steps?: number; readonly first?: number; readonly count?: number },
): Batch {
  const { from = 0, first = 0 } = of;
  const { steps = whole.steps - from, count = whole.batch - first } = of;
  const cut = (rows: Rows): Rows => {
    const columns = rows instanceof Tokens ? 1 : rows.columns;
    const data = rows.data.slice(0, steps * count * columns);
    for (let t = 0; t < steps; t++) {
      const start = ((from + t) * whole.batch + first) * columns;
      data.set(rows.data.subarray(start, start + count * columns), t * count * columns);
    }
    return rows instanceof Tokens
      ? new Tokens(data as Int32Array, 0, steps * count)
      : new View(data as FloatArray, 0, steps * count, columns);
  };
  return { ...whole, steps, batch: count, inputs: cut(whole.inputs), targets: cut(whole.targets) };
}

/** The bits of the numbers of a view, row by row. */
export function bits({ data, offset, rows, columns, stride }: View): string[] {
  const found: string[] = [];
  for (let r = 0; r < rows; r++) {
    const start = offset + r * stride;
    const { buffer } = data.slice(start, start + columns);
    found.push(Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join(""));
  }
  return found;
}
