import { flush, splat } from "./elementwise";
import { copyFew } from "./pack";
import { tileRoom } from "./scratch";

/**
 * m ← β₁m + (1-β₁)g'; v ← β₂v + (1-β₂)g'²; θ ← κθ - η m/(√v + ε), where g' = g + λθ. Newer shares are given, since
 * they are rounded once from float64.
 */
export function adam<T>(
  theta: usize,
  g: usize,
  m: usize,
  v: usize,
  count: usize,
  eta: f64,
  lambda: f64,
  kappa: f64,
  beta1: f64,
  share1: f64,
  beta2: f64,
  share2: f64,
  epsilon: f64,
): void {
  const rate = splat<T>(eta);
  const decay = splat<T>(lambda);
  const keep = splat<T>(kappa);
  const oldMean = splat<T>(beta1);
  const newMean = splat<T>(share1);
  const oldSquare = splat<T>(beta2);
  const newSquare = splat<T>(share2);
  const floor = splat<T>(epsilon);
  const width = count * sizeof<T>();
  const whole = width & ~15;
  for (let i: usize = 0; i < whole; i += 16) {
    step<T>(theta + i, g + i, m + i, v + i, rate, decay, keep, oldMean, newMean, oldSquare, newSquare, floor);
  }
  const left = width - whole;
  if (left == 0) return;
  const room = tileRoom();
  copyFew<T>(room, theta + whole, left);
  copyFew<T>(room + 16, g + whole, left);
  copyFew<T>(room + 32, m + whole, left);
  copyFew<T>(room + 48, v + whole, left);
  step<T>(room, room + 16, room + 32, room + 48, rate, decay, keep, oldMean, newMean, oldSquare, newSquare, floor);
  copyFew<T>(theta + whole, room, left);
  copyFew<T>(m + whole, room + 32, left);
  copyFew<T>(v + whole, room + 48, left);
}

/** One vector of each. */
// @ts-expect-error: decorator
@inline
function step<T>(
  theta: usize,
  g: usize,
  m: usize,
  v: usize,
  rate: v128,
  decay: v128,
  keep: v128,
  oldMean: v128,
  newMean: v128,
  oldSquare: v128,
  newSquare: v128,
  floor: v128,
): void {
  const old = v128.load(theta);
  const slope = v128.add<T>(v128.load(g), v128.mul<T>(decay, old));
  const mean = flush<T>(v128.add<T>(v128.mul<T>(oldMean, v128.load(m)), v128.mul<T>(newMean, slope)));
  v128.store(m, mean);
  const square = flush<T>(
    v128.add<T>(v128.mul<T>(oldSquare, v128.load(v)), v128.mul<T>(v128.mul<T>(newSquare, slope), slope)),
  );
  v128.store(v, square);
  const quotient = v128.div<T>(mean, v128.add<T>(v128.sqrt<T>(square), floor));
  v128.store(theta, v128.sub<T>(v128.mul<T>(keep, old), v128.mul<T>(rate, quotient)));
}
