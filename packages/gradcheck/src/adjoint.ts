/** The four vectors of an adjoint test: v and Jᵀ·dY have one length, dY and J·v another. */
export interface AdjointVectors {
  readonly v: ArrayLike<number>;
  readonly Jv: ArrayLike<number>;
  readonly dY: ArrayLike<number>;
  readonly JtdY: ArrayLike<number>;
}

/**
 * How far a backward pass is from being the transpose of its forward pass: ⟨dY, J v⟩ and ⟨Jᵀ dY, v⟩ are one number.
 *
 * Returns |⟨dY, J v⟩ - ⟨Jᵀ dY, v⟩| / max(Σ|dY_i (Jv)_i|, Σ|(JᵀdY)_j v_j|): rounding alone gives some 1e-16 in float64
 * and 1e-7 in float32, an error in a formula about 1. NaN or infinity anywhere gives Infinity.
 * One pair of random vectors sees every entry of J.
 */
export function adjointError({ v, Jv, dY, JtdY }: AdjointVectors): number {
  if (Jv.length !== dY.length)
    throw new RangeError(`adjointError: Jv has ${Jv.length} entries, expected ${dY.length} as dY`);
  if (JtdY.length !== v.length)
    throw new RangeError(`adjointError: JtdY has ${JtdY.length} entries, expected ${v.length} as v`);
  const forward = inner(dY, Jv);
  const backward = inner(JtdY, v);
  const scale = Math.max(forward.magnitude, backward.magnitude);
  if (scale === 0) return 0;
  const error = Math.abs(forward.value - backward.value) / scale;
  return Number.isFinite(error) ? error : Number.POSITIVE_INFINITY;
}

function inner(a: ArrayLike<number>, b: ArrayLike<number>): { value: number; magnitude: number } {
  let value = 0;
  let magnitude = 0;
  for (let i = 0; i < a.length; i++) {
    value += a[i] * b[i];
    magnitude += Math.abs(a[i] * b[i]);
  }
  return { value, magnitude };
}
