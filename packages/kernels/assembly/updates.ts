import { flush, splat } from "./elementwise";
import { copyFew } from "./pack";
import { tileRoom } from "./scratch";

// One step of an optimizer in one pass over flat vectors; see `Updates` of src/kernels.ts for the formulas, and
// src/simd/exports.ts for the same numbers of the rules.
export const SGD = 0;
export const MOMENTUM = 1;
export const RMSPROP = 2;
export const ADAGRAD = 3;
export const ADAM = 4;

/**
 * The vectors θ and g and up to three of state (0 for those that aren't there), η, λ and κ, and the rule's own numbers:
 * momentum μ, c, p, q; rmsprop ρ, 1-ρ, ε_in, ε_out, μ, c; adagrad ε_in, ε_out; adam β₁, 1-β₁, β₂, 1-β₂, ε.
 */
export function update<T>(
  rule: i32,
  theta: usize,
  g: usize,
  s: usize,
  t: usize,
  u: usize,
  count: usize,
  eta: f64,
  lambda: f64,
  kappa: f64,
  k1: f64,
  k2: f64,
  k3: f64,
  k4: f64,
  k5: f64,
  k6: f64,
): void {
  const rate = splat<T>(eta);
  const decay = splat<T>(lambda);
  const keep = splat<T>(kappa);
  const c1 = splat<T>(k1);
  const c2 = splat<T>(k2);
  const c3 = splat<T>(k3);
  const c4 = splat<T>(k4);
  const c5 = splat<T>(k5);
  const c6 = splat<T>(k6);
  const room = tileRoom();
  let left = count * sizeof<T>();
  for (let i: usize = 0; left > 0; i += 16) {
    // What is left of the vectors goes through the room, so that every number takes the same way.
    const few = left < 16;
    if (few) {
      copyFew<T>(room, theta + i, left);
      copyFew<T>(room + 16, g + i, left);
      if (s != 0) copyFew<T>(room + 32, s + i, left);
      if (t != 0) copyFew<T>(room + 48, t + i, left);
      if (u != 0) copyFew<T>(room + 64, u + i, left);
    }
    const atTheta = few ? room : theta + i;
    const atS = few ? room + 32 : s + i;
    const atT = few ? room + 48 : t + i;
    const atU = few ? room + 64 : u + i;
    const old = v128.load(atTheta);
    const slope = v128.add<T>(v128.load(few ? room + 16 : g + i), v128.mul<T>(decay, old));
    let step = slope;
    if (rule == MOMENTUM) {
      const speed = flush<T>(v128.add<T>(v128.mul<T>(c1, v128.load(atS)), v128.mul<T>(c2, slope)));
      v128.store(atS, speed);
      step = v128.add<T>(v128.mul<T>(c3, slope), v128.mul<T>(c4, speed));
    }
    if (rule == RMSPROP) {
      const fresh = v128.mul<T>(c2, slope);
      const square = flush<T>(v128.add<T>(v128.mul<T>(c1, v128.load(atS)), v128.mul<T>(fresh, slope)));
      v128.store(atS, square);
      let spread = square;
      if (t != 0) {
        const mean = flush<T>(v128.add<T>(v128.mul<T>(c1, v128.load(atT)), fresh));
        v128.store(atT, mean);
        spread = v128.sub<T>(square, v128.mul<T>(mean, mean));
        spread = v128.and(spread, v128.gt<T>(spread, splat<T>(0)));
      }
      step = v128.div<T>(slope, v128.add<T>(v128.sqrt<T>(v128.add<T>(spread, c3)), c4));
      if (u != 0) {
        step = flush<T>(v128.add<T>(v128.mul<T>(c5, v128.load(atU)), v128.mul<T>(c6, step)));
        v128.store(atU, step);
      }
    }
    if (rule == ADAGRAD) {
      const square = flush<T>(v128.add<T>(v128.load(atS), v128.mul<T>(slope, slope)));
      v128.store(atS, square);
      step = v128.div<T>(slope, v128.add<T>(v128.sqrt<T>(v128.add<T>(square, c1)), c2));
    }
    if (rule == ADAM) {
      const mean = flush<T>(v128.add<T>(v128.mul<T>(c1, v128.load(atS)), v128.mul<T>(c2, slope)));
      v128.store(atS, mean);
      const fresh = v128.mul<T>(v128.mul<T>(c4, slope), slope);
      let square = flush<T>(v128.add<T>(v128.mul<T>(c3, v128.load(atT)), fresh));
      v128.store(atT, square);
      if (u != 0) {
        square = v128.pmax<T>(square, v128.load(atU));
        v128.store(atU, square);
      }
      step = v128.div<T>(mean, v128.add<T>(v128.sqrt<T>(square), c5));
    }
    v128.store(atTheta, v128.sub<T>(v128.mul<T>(keep, old), v128.mul<T>(rate, step)));
    if (few) {
      copyFew<T>(theta + i, room, left);
      if (s != 0) copyFew<T>(s + i, room + 32, left);
      if (t != 0) copyFew<T>(t + i, room + 48, left);
      if (u != 0) copyFew<T>(u + i, room + 64, left);
      return;
    }
    left -= 16;
  }
}

/** g ← min(max(g, -limit), limit); NaN stays. Returns how many numbers changed. */
export function clamp<T>(g: usize, count: usize, limit: T): i32 {
  let changed = 0;
  for (const end = g + count * sizeof<T>(); g < end; g += sizeof<T>()) {
    const x = load<T>(g);
    if (x > limit) store<T>(g, limit);
    else if (x < -limit) store<T>(g, -limit);
    else continue;
    changed++;
  }
  return changed;
}
