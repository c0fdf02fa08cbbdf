import { elementary64 } from "@unroll/kernels";

const INVERSE_ROOT_TWO_PI = 0.3989422804014327;

/** φ(x) = e^(-x²/2)/√(2π). The square is split, so that its rounding error doesn't grow in the exponent. */
export function normalDensity(x: number): number {
  if (Math.abs(x) > 40) return 0;
  const high = Math.fround(x);
  const low = x - high;
  return (
    elementary64.exp(-0.5 * high * high) * elementary64.exp(-0.5 * low * (x + high)) * INVERSE_ROOT_TWO_PI
  );
}

/**
 * Mills' ratio R(x) = Φ(-x)/φ(x) for x ≥ 0, to a few units in the last place: (x + 2) R(x) is a Chebyshev series in
 * t = (x - 6)/(x + 6), summed by Clenshaw's recurrence.
 */
export function millsRatio(x: number): number {
  const t = (x - 6) / (x + 6);
  let b1 = 0;
  let b2 = 0;
  for (let k = MILLS.length - 1; k > 0; k--) {
    const b = 2 * t * b1 - b2 + MILLS[k];
    b2 = b1;
    b1 = b;
  }
  return (t * b1 - b2 + MILLS[0]) / (x + 2);
}

/** Printed by scripts/normal-tail.py. */
const MILLS: readonly number[] = [
  1.5162787047242576, -0.6951298993261068, 0.22792681698869605, -0.05853820347164595, 0.009992171502649853,
  -2.3724695192510734e-5, -0.0007773788411939162, 0.00035607197696572876, -0.00010319934771427636,
  2.1453443168157464e-5, -3.0137494378450214e-6, 1.747664948015056e-7, 3.540563603690036e-8,
  -1.0181937912290337e-8, 6.710040253243329e-10, 1.733738541425328e-10, -3.95780867243046e-11,
  -5.356206967061258e-13, 1.2112157202110216e-12, -8.876538419699296e-14, -3.1162236417408246e-14,
  4.9194295001082866e-15, 7.58344150937515e-16, -2.039117084474298e-16, -1.8742685910513448e-17,
];
