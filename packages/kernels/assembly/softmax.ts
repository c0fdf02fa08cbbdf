import * as of32 from "./elementary32";
import * as of64 from "./elementary64";
import { flush, flushLimit } from "./elementwise";
import { copyFew } from "./pack";
import { constantsRoom, tileRoom } from "./scratch";

// Passes over rows, each on its own: softmax, and its cross-entropy with the gradient.

/** Each row of Y ← e^(z - max z) / Σ e^(z - max z); strides in bytes. */
export function softmax<T>(y: usize, yStride: usize, z: usize, zStride: usize, rows: usize, columns: usize): void {
  for (let r: usize = 0; r < rows; r++, y += yStride, z += zStride) {
    const sum = expRow<T>(y, z, columns, rowMaximum<T>(z, columns));
    divideRow<T>(y, columns, sum, <T>1);
  }
}

/**
 * losses[r] ← w_r (log Σ_j e^(z_rj) - z_r,target); dZ[r,:] ← scale · w_r (softmax(z_r) - onehot) if `dz` is not 0.
 * Weights are 1 if `weights` is 0. Rows of weight 0 or with a negative target give zeros. Strides in bytes.
 */
export function crossEntropy<T>(
  losses: usize,
  lossStride: usize,
  dz: usize,
  dzStride: usize,
  z: usize,
  zStride: usize,
  targets: usize,
  weights: usize,
  weightStride: usize,
  rows: usize,
  columns: usize,
  scale: T,
): void {
  for (let r: usize = 0; r < rows; r++, losses += lossStride, z += zStride) {
    const target = load<i32>(targets + r * 4);
    const weight: T = weights != 0 ? load<T>(weights + r * weightStride) : <T>1;
    const gradient = dz != 0 ? dz + r * dzStride : 0;
    if (target < 0 || weight == 0) {
      store<T>(losses, 0);
      if (gradient != 0) memory.fill(gradient, 0, columns * sizeof<T>());
      continue;
    }
    const largest = rowMaximum<T>(z, columns);
    const ofTarget = load<T>(z + target * sizeof<T>());
    const sum = expRow<T>(gradient, z, columns, largest);
    store<T>(losses, weight * (logOf<T>(sum) + (largest - ofTarget)));
    if (gradient == 0) continue;
    const factor: T = scale * weight;
    const own = gradient + target * sizeof<T>();
    const exact: T = factor * (load<T>(own) / sum - <T>1);
    divideRow<T>(gradient, columns, sum, factor);
    store<T>(own, abs(exact) < <T>flushLimit<T>() ? <T>0 : exact);
  }
}

// @ts-expect-error: decorator
@inline
function logOf<T>(x: T): T {
  return sizeof<T>() == 4 ? <T>of32.log(<f32>x) : <T>of64.log(<f64>x);
}

// @ts-expect-error: decorator
@inline
function expOf<T>(x: v128, k: usize): v128 {
  return sizeof<T>() == 4 ? of32.expOfNonPositive(x, k) : of64.expOfNonPositive(x, k);
}

// @ts-expect-error: decorator
@inline
function splatOf<T>(x: T): v128 {
  return sizeof<T>() == 4 ? f32x4.splat(<f32>x) : f64x2.splat(<f64>x);
}

/** The largest number of a row; NaN if it comes first, otherwise NaN does not count. */
function rowMaximum<T>(z: usize, columns: usize): T {
  const lanes: usize = 16 / sizeof<T>();
  let largest = load<T>(z);
  let c: usize = 0;
  if (columns >= lanes) {
    let all = splatOf<T>(largest);
    for (; c + lanes <= columns; c += lanes) {
      const numbers = v128.load(z + c * sizeof<T>());
      all = sizeof<T>() == 4 ? f32x4.pmax(all, numbers) : f64x2.pmax(all, numbers);
    }
    const room = tileRoom();
    v128.store(room, all);
    for (let i: usize = 0; i < 16; i += sizeof<T>()) largest = larger<T>(largest, load<T>(room + i));
  }
  for (; c < columns; c++) largest = larger<T>(largest, load<T>(z + c * sizeof<T>()));
  return largest;
}

// @ts-expect-error: decorator
@inline
function larger<T>(a: T, b: T): T {
  return b > a ? b : a;
}

/** e^(z - largest) of a row, into `to` if it is not 0. Returns their sum, columns ascending. */
function expRow<T>(to: usize, z: usize, columns: usize, largest: T): T {
  const shift = splatOf<T>(largest);
  const k = constantsRoom();
  const width = columns * sizeof<T>();
  let sum: T = 0;
  let i: usize = 0;
  for (; i + 16 <= width; i += 16) {
    const e = expOf<T>(v128.sub<T>(v128.load(z + i), shift), k);
    if (to != 0) v128.store(to + i, e);
    sum += v128.extract_lane<T>(e, 0);
    sum += v128.extract_lane<T>(e, 1);
    if (sizeof<T>() == 4) {
      sum += v128.extract_lane<T>(e, 2);
      sum += v128.extract_lane<T>(e, 3);
    }
  }
  if (i < width) {
    const room = tileRoom();
    copyFew<T>(room, z + i, width - i);
    v128.store(room, expOf<T>(v128.sub<T>(v128.load(room), shift), k));
    for (let at: usize = 0; at < width - i; at += sizeof<T>()) sum += load<T>(room + at);
    if (to != 0) copyFew<T>(to + i, room, width - i);
  }
  return sum;
}

/** row ← factor · (row / sum), flushed. */
function divideRow<T>(row: usize, columns: usize, sum: T, factor: T): void {
  const all = splatOf<T>(factor);
  const sums = splatOf<T>(sum);
  const width = columns * sizeof<T>();
  let i: usize = 0;
  for (; i + 16 <= width; i += 16) {
    v128.store(row + i, flush<T>(v128.mul<T>(all, v128.div<T>(v128.load(row + i), sums))));
  }
  if (i < width) {
    const room = tileRoom();
    copyFew<T>(room, row + i, width - i);
    v128.store(room, flush<T>(v128.mul<T>(all, v128.div<T>(v128.load(room), sums))));
    copyFew<T>(row + i, room, width - i);
  }
}
