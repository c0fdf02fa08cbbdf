import { elementary64 } from "@unroll/kernels";
import {
  constant,
  gaussian,
  glorotUniform,
  type Initializer,
  identity,
  orthogonal,
  sparse,
} from "@unroll/linalg";
import type { InitName, Settings } from "../settings.ts";

/** How the recurrence begins: W_hh, b_h and h_0. */
export interface Recurrence {
  readonly W_hh: Initializer;
  readonly b_h: Initializer;
  /** h_0 of every sequence. */
  readonly start: Float64Array;
}

/** The matrix of an init times the gain; a named one brings its bias, and X2 its first state. */
export function recurrence({ init, gain, hidden: n, start }: Settings): Recurrence {
  const first = new Float64Array(n).fill(start);
  if (init === "x1" || init === "x2" || init === "x4") return named(init, gain, first);
  return { W_hh: drawn(init, gain, n), b_h: constant(0), start: first };
}

function drawn(init: Exclude<InitName, "x1" | "x2" | "x4">, gain: number, n: number): Initializer {
  const perUnit = Math.min(15, n);
  switch (init) {
    case "gaussian":
      return gaussian({ sd: gain / Math.sqrt(n) });
    case "xavier":
      return glorotUniform({ gain });
    case "identity":
      return identity({ gain });
    case "orthogonal":
      return orthogonal({ gain });
    case "sparse":
      return sparse({ perUnit, sd: gain / Math.sqrt(perUnit) });
  }
}

/** X1, X2 and X4: two units each. */
function named(init: "x1" | "x2" | "x4", gain: number, first: Float64Array): Recurrence {
  const W_hh = (...values: number[]): Initializer => filled(values.map((value) => gain * value));
  switch (init) {
    case "x1":
      return { W_hh: W_hh(3, 3, -3, -3), b_h: filled([-1.6, 3.7]), start: first };
    case "x2": {
      const artanhHalf = elementary64.log(3) / 2;
      return { W_hh: W_hh(8, 8, -8, -8), b_h: filled([-4, 4 + artanhHalf]), start: Float64Array.of(0, 0.5) };
    }
    case "x4":
      return { W_hh: W_hh(0.5, 10, 0, 0.5), b_h: constant(0), start: first };
  }
}

function filled(values: readonly number[]): Initializer {
  return ({ data, offset }) => data.set(values, offset);
}
