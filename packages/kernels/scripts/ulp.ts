const float64 = new Float64Array(1);
const words = new Uint32Array(float64.buffer);
const float32 = new Float32Array(1);
const pattern = new Uint32Array(float32.buffer);

/** The distance of neighboring float32 numbers at the place of y: 2^(e-23) for 2ᵉ ≤ |y| < 2ᵉ⁺¹. */
export function spacing32(y: number): number {
  float64[0] = y;
  const exponent = Math.max(((words[1] >>> 20) & 0x7ff) - 1023, -126) - 23;
  words[0] = 0;
  words[1] = (exponent + 1023) << 20;
  return float64[0];
}

export interface Measurement {
  /** Largest error in units of the last place. */
  ulp: number;
  /** Where it stands. */
  at: number;
  /** Share of results that are correctly rounded. */
  rounded: number;
  /** Number of arguments. */
  count: number;
}

/**
 * Largest error of a float32 function over the patterns `first`, `first` + `stride`, … below `end`.
 * References below 2⁻¹²⁶ may be met by 0; infinity and NaN must be met exactly.
 */
export function measure32(
  subject: (x: number) => number,
  reference: (x: number) => number,
  stride: number,
  first = 0,
  end: number = 2 ** 32,
): Measurement {
  const worst: Measurement = { ulp: 0, at: 0, rounded: 0, count: 0 };
  let rounded = 0;
  for (let bits = first; bits < end; bits += stride) {
    pattern[0] = bits;
    const x = float32[0];
    const y = subject(x);
    const exact = reference(x);
    const nearest = Math.fround(exact);
    worst.count++;
    if (y === nearest || (Number.isNaN(y) && Number.isNaN(exact))) {
      rounded++;
      if (!Number.isFinite(y)) continue;
    }
    if (y === 0 && Math.abs(exact) < 2 ** -126) continue;
    const error = Math.abs(y - exact) / spacing32(exact);
    if (!(error <= worst.ulp)) {
      worst.ulp = Number.isNaN(error) ? Infinity : error;
      worst.at = x;
    }
  }
  worst.rounded = rounded / worst.count;
  return worst;
}

/** The functions in float64, by the host's library: within 2 ULP of float64, far below what is measured here. */
export const references: Record<string, (x: number) => number> = {
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  log1p: Math.log1p,
  tanh: Math.tanh,
  sigmoid: (x) => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x))),
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
};
