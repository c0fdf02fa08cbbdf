import { portableFloat64, View } from "@unroll/kernels";

export interface Comparison {
  /** ‖a‖/‖b‖. */
  readonly ratio: number;
  /** ⟨a, b⟩/(‖a‖ ‖b‖); 1 if both are 0. */
  readonly cosine: number;
  /** ‖a - b‖/‖b‖. */
  readonly relativeError: number;
}

/** How far a vector is from another, b. */
export function compare(a: Float64Array, b: Float64Array): Comparison {
  const difference = a.map((value, i) => value - b[i]);
  const [aa, bb, dd] = [a, b, difference].map((v) => portableFloat64.sumOfSquares(row(v)));
  const ab = portableFloat64.dot(row(a), row(b));
  if (bb === 0)
    return { ratio: aa === 0 ? 1 : Number.POSITIVE_INFINITY, cosine: aa === 0 ? 1 : 0, relativeError: 0 };
  return {
    ratio: Math.sqrt(aa / bb),
    cosine: aa === 0 ? 0 : Math.max(-1, Math.min(1, ab / (Math.sqrt(aa) * Math.sqrt(bb)))),
    relativeError: Math.sqrt(dd / bb),
  };
}

const row = (values: Float64Array): View => new View(values, 0, 1, values.length);
