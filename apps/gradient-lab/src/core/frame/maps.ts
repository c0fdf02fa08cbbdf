import type { BoundLadder, ProductNorms } from "@unroll/gradient-flow";
import { elementary64 } from "@unroll/kernels";
import type { Maps } from "../frame.ts";
import type { NormName } from "../settings.ts";

/** Natural logarithms that the maps are made of, T×T as `@unroll/gradient-flow` gives them. */
export interface MapLogs {
  readonly norms: ProductNorms;
  /** ln ‖Φ(t,k)ᵀ e_t‖. */
  readonly carried: Float64Array;
  /** ln of the temporal contributions to W_hh. */
  readonly contributions: Float64Array;
  /** Of the last step: the textbook bound depends on the lag alone. */
  readonly ladder: BoundLadder;
}

/** The maps of a frame: log10, NaN above the diagonal and where there is nothing to measure. */
export function mapsOf({ norms, carried, contributions, ladder }: MapLogs, norm: NormName): Maps {
  const { steps: T, stateSize: n } = norms;
  const map = (value: (t: number, k: number, at: number) => number): Float64Array => {
    const values = new Float64Array(T * T).fill(Number.NaN);
    for (let t = 0; t < T; t++)
      for (let k = 0; k <= t; k++) values[t * T + k] = value(t, k, t * T + k) * Math.LOG10E + 0;
    return values;
  };
  const own = (t: number): number => carried[t * T + t];
  const relative = (t: number, at: number): number =>
    own(t) === Number.NEGATIVE_INFINITY ? Number.NaN : carried[at] - own(t);
  const product = new Float64Array(T * T);
  for (let t = 1; t < T; t++) {
    const step = norms.logSpectral[t * T + t - 1];
    for (let k = 0; k < t; k++) product[t * T + k] = product[(t - 1) * T + k] + step;
  }
  const random = 0.5 * elementary64.log(n);
  const measured = {
    spectral: (_t: number, _k: number, at: number) => norms.logSpectral[at],
    frobenius: (_t: number, _k: number, at: number) => norms.logFrobenius[at] - random,
    loss: (t: number, _k: number, at: number) => relative(t, at),
  };
  const loss = map((t, _k, at) => (own(t) === Number.NEGATIVE_INFINITY ? Number.NaN : contributions[at]));
  return {
    measured: map(measured[norm]),
    bound: map((t, k) => ladder.textbook?.[t - k] ?? Number.NaN),
    product: map((_t, _k, at) => product[at]),
    carried: map((t, _k, at) => relative(t, at)),
    loss,
    share: sharesOf(contributions, T),
  };
}

/** Each contribution over the sum of all. */
function sharesOf(logs: Float64Array, T: number): Float64Array {
  const shares = new Float64Array(T * T).fill(Number.NaN);
  let most = Number.NEGATIVE_INFINITY;
  for (let t = 0; t < T; t++) for (let k = 0; k <= t; k++) most = Math.max(most, logs[t * T + k]);
  let sum = 0;
  for (let t = 0; t < T; t++)
    for (let k = 0; k <= t; k++) {
      const at = t * T + k;
      shares[at] = most === Number.NEGATIVE_INFINITY ? 0 : elementary64.exp(logs[at] - most);
      sum += shares[at];
    }
  return sum > 0 ? shares.map((share) => share / sum) : shares;
}
