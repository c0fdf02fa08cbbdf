import * as of32 from "./elementary32";
import * as of64 from "./elementary64";
import { flush, flushLimit, splat } from "./elementwise";
import { expRows, GROUP, maxima, sums } from "./exp-rows";
import { tileRoom } from "./scratch";

// Passes over rows: softmax, and its cross-entropy with the gradient.

/** The logits of a group's targets. */
// @ts-expect-error: decorator
@inline
function ofTargets(): usize {
  return tileRoom() + 128;
}

/** Each row of Y ← e^(z - max z) / Σ e^(z - max z); strides in bytes. */
export function softmax<T>(y: usize, yStride: usize, z: usize, zStride: usize, rows: usize, columns: usize): void {
  for (let first: usize = 0; first < rows; first += GROUP, z += GROUP * zStride) {
    const group = min(GROUP, rows - first);
    expRows<T>(y, yStride, z, zStride, group, columns);
    for (let r: usize = 0; r < group; r++, y += yStride) {
      divideRow<T>(y, columns, load<T>(sums() + r * sizeof<T>()), <T>1);
    }
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
  for (let first: usize = 0; first < rows; first += GROUP, z += GROUP * zStride) {
    const group = min(GROUP, rows - first);
    // dZ may lie where Z does.
    for (let r: usize = 0; r < group; r++) {
      const target = max(load<i32>(targets + (first + r) * 4), 0);
      store<T>(ofTargets() + r * sizeof<T>(), load<T>(z + r * zStride + target * sizeof<T>()));
    }
    expRows<T>(dz, dzStride, z, zStride, group, columns);
    for (let r: usize = 0; r < group; r++, losses += lossStride, weights += weights != 0 ? weightStride : 0) {
      const target = load<i32>(targets + (first + r) * 4);
      const weight: T = weights != 0 ? load<T>(weights) : <T>1;
      if (target < 0 || weight == 0) {
        store<T>(losses, 0);
        if (dz != 0) memory.fill(dz, 0, columns * sizeof<T>());
      } else {
        const at = r * sizeof<T>();
        const sum = load<T>(sums() + at);
        store<T>(losses, weight * (logOf<T>(sum) + (load<T>(maxima() + at) - load<T>(ofTargets() + at))));
        if (dz != 0) {
          const factor: T = scale * weight;
          const own = dz + target * sizeof<T>();
          const exact: T = factor * (load<T>(own) / sum - <T>1);
          divideRow<T>(dz, columns, sum, factor);
          store<T>(own, flushOne<T>(exact));
        }
      }
      dz += dzStride;
    }
  }
}

// @ts-expect-error: decorator
@inline
function logOf<T>(x: T): T {
  return sizeof<T>() == 4 ? <T>of32.log(<f32>x) : <T>of64.log(<f64>x);
}

/** row ← factor · (row / sum), flushed. */
function divideRow<T>(row: usize, columns: usize, sum: T, factor: T): void {
  const all = splat<T>(<f64>factor);
  const sums = splat<T>(<f64>sum);
  const width = columns * sizeof<T>();
  let i: usize = 0;
  for (; i + 16 <= width; i += 16) {
    v128.store(row + i, flush<T>(v128.mul<T>(all, v128.div<T>(v128.load(row + i), sums))));
  }
  for (; i < width; i += sizeof<T>()) store<T>(row + i, flushOne<T>(factor * (load<T>(row + i) / sum)));
}

// @ts-expect-error: decorator
@inline
function flushOne<T>(x: T): T {
  return abs(x) < <T>flushLimit<T>() ? <T>0 : x;
}
