import { log } from "./elementary";
import { expRow, flush } from "./elementwise";
import { copyFew } from "./pack";
import { tileRoom } from "./scratch";

/**
 * losses[r] ← w_r (log Σ_j e^(z_rj) - z_r,target); dZ[r,:] ← scale · w_r (softmax(z_r) - onehot) if `dz` is not 0.
 * Weights are 1 if `weights` is 0. Rows of weight 0 or with a negative target give zeros. Strides in bytes.
 */
export function crossEntropy(
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
  scale: f32,
): void {
  for (let r: usize = 0; r < rows; r++, losses += lossStride, z += zStride) {
    const target = load<i32>(targets + r * 4);
    const weight: f32 = weights != 0 ? load<f32>(weights + r * weightStride) : 1;
    const gradient = dz != 0 ? dz + r * dzStride : 0;
    if (target < 0 || weight == 0) {
      store<f32>(losses, 0);
      if (gradient != 0) memory.fill(gradient, 0, columns * 4);
      continue;
    }
    const largest = rowMaximum(z, columns);
    const ofTarget = load<f32>(z + target * 4);
    const sum = expRow(gradient, z, columns, largest);
    store<f32>(losses, weight * (log(sum) + (largest - ofTarget)));
    if (gradient != 0) gradientRow(gradient, columns, target, sum, scale * weight);
  }
}

/** The largest number of a row: NaN if it comes first, otherwise NaN does not count. */
function rowMaximum(z: usize, columns: usize): f32 {
  let largest = load<f32>(z);
  let c: usize = 0;
  if (columns >= 4) {
    let all = f32x4.splat(largest);
    for (; c + 4 <= columns; c += 4) all = f32x4.pmax(all, v128.load(z + c * 4));
    largest = larger(
      larger(f32x4.extract_lane(all, 0), f32x4.extract_lane(all, 1)),
      larger(f32x4.extract_lane(all, 2), f32x4.extract_lane(all, 3)),
    );
  }
  for (; c < columns; c++) largest = larger(largest, load<f32>(z + c * 4));
  return largest;
}

// @ts-expect-error: decorator
@inline
function larger(a: f32, b: f32): f32 {
  return b > a ? b : a;
}

/** From the exponentials of a row: factor · (e/sum - onehot), flushed. */
function gradientRow(row: usize, columns: usize, target: i32, sum: f32, factor: f32): void {
  const exact: f32 = factor * (load<f32>(row + target * 4) / sum - 1);
  const all = f32x4.splat(factor);
  const sums = f32x4.splat(sum);
  const width = columns * 4;
  const whole = width & ~15;
  for (let i: usize = 0; i < whole; i += 16) {
    v128.store(row + i, flush<f32>(f32x4.mul(all, f32x4.div(v128.load(row + i), sums))));
  }
  if (whole < width) {
    const room = tileRoom();
    copyFew<f32>(room, row + whole, width - whole);
    v128.store(room, flush<f32>(f32x4.mul(all, f32x4.div(v128.load(room), sums))));
    copyFew<f32>(row + whole, room, width - whole);
  }
  store<f32>(row + target * 4, abs(exact) < 7.888609052210118e-31 ? 0 : exact);
}
