import { NonFiniteError, View } from "@unroll/kernels";
import { integer } from "./options.ts";

/**
 * A season as inputs: row t is sin 2πφ_t, cos 2πφ_t, sin 4πφ_t, cos 4πφ_t, … for `count` harmonics, where φ_t says where
 * in the cycle t stands, in turns: day of the year / 365.25, hour / 24. Float64, R×2·count, the same bits everywhere.
 * @throws NonFiniteError if a phase is NaN or infinite, OptionError if count is no whole number of 1 or more
 */
export function harmonics(phases: ArrayLike<number>, count: number): View {
  const columns = 2 * integer("harmonics", "count", count, 1);
  const data = new Float64Array(phases.length * columns);
  for (let t = 0; t < phases.length; t++) {
    const phase = phases[t] as number;
    if (!Number.isFinite(phase)) throw new NonFiniteError("harmonics", "phase", phase, { row: t });
    for (let k = 1; k <= count; k++)
      writeTurn(data, t * columns + 2 * (k - 1), k * (phase - Math.floor(phase)));
  }
  return new View(data, 0, phases.length, columns);
}

/** data[at] ← sin 2πu, data[at + 1] ← cos 2πu: a quarter turn is split off exactly, the rest is at most an eighth. */
function writeTurn(data: Float64Array, at: number, u: number): void {
  const quarters = Math.round(4 * u);
  const x = 2 * Math.PI * (u - quarters / 4);
  const [sine, cosine] = [x * series(x * x, 3), series(x * x, 2)];
  const quarter = quarters % 4;
  data[at] = quarter === 0 ? sine : quarter === 1 ? cosine : quarter === 2 ? -sine : -cosine;
  data[at + 1] = quarter === 0 ? cosine : quarter === 1 ? -sine : quarter === 2 ? -cosine : sine;
}

/** 1 - s/((n-1) n) + s²/((n-1) n (n+1) (n+2)) - …: with s = x², cos x for n = 2 and sin(x)/x for n = 3, |x| ≤ π/4. */
function series(s: number, n: number): number {
  let sum = 1;
  for (let m = n + 16; m >= n; m -= 2) sum = 1 - (s / ((m - 1) * m)) * sum;
  return sum;
}
