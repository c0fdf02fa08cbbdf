import { HIGH } from "./tile";

// A strip holds the rows of one tile, packed: for each inner step the rows' numbers side by side.

/** Rows of the next strip when `left` rows are left: 6 or 4, or 1 for a single row. Two or three rows go as four. */
// @ts-expect-error: decorator
@inline
export function stripRows(left: usize): usize {
  if (HIGH != 0 && left >= HIGH && left != 8) return HIGH;
  return left == 1 ? 1 : 4;
}

/** Packs M rows of a row-major matrix as strips: element (m, k) stands at `from + m * stride + k * sizeof<T>()`. */
export function packRows<T>(to: usize, from: usize, stride: usize, M: usize, K: usize): void {
  for (let left = M; left > 0; ) {
    const rows = stripRows(left);
    const real = min(rows, left);
    if (rows == 1) memory.copy(to, from, K * sizeof<T>());
    else {
      interleave4<T>(to, rows, from, stride, real, K);
      if (HIGH != 0 && rows == HIGH) interleave2<T>(to + 4 * sizeof<T>(), rows, from + 4 * stride, stride, K);
    }
    to += rows * K * sizeof<T>();
    from += rows * stride;
    left -= real;
  }
}

/** Four rows (those beyond `real` are zero) to the first four numbers of each inner step. */
function interleave4<T>(to: usize, rows: usize, from: usize, stride: usize, real: usize, K: usize): void {
  const step = rows * sizeof<T>();
  if (real < 4) {
    for (let k: usize = 0; k < K; k++, to += step, from += sizeof<T>()) {
      for (let m: usize = 0; m < 4; m++) {
        store<T>(to + m * sizeof<T>(), m < real ? load<T>(from + m * stride) : <T>0);
      }
    }
    return;
  }
  if (sizeof<T>() == 8) {
    interleave2<T>(to, rows, from, stride, K);
    interleave2<T>(to + 16, rows, from + 2 * stride, stride, K);
    return;
  }
  const from1 = from + stride;
  const from2 = from1 + stride;
  const from3 = from2 + stride;
  const width = K * 4;
  let i: usize = 0;
  for (; i + 16 <= width; i += 16) {
    const a = v128.load(from + i);
    const b = v128.load(from1 + i);
    const c = v128.load(from2 + i);
    const d = v128.load(from3 + i);
    const abLow = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
    const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
    const cdLow = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
    const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f64>(abLow, cdLow, 0, 2));
    v128.store(to + step, v128.shuffle<f64>(abLow, cdLow, 1, 3));
    v128.store(to + 2 * step, v128.shuffle<f64>(abHigh, cdHigh, 0, 2));
    v128.store(to + 3 * step, v128.shuffle<f64>(abHigh, cdHigh, 1, 3));
    to += 4 * step;
  }
  for (; i < width; i += 4, to += step) {
    store<f32>(to, load<f32>(from + i));
    store<f32>(to, load<f32>(from1 + i), 4);
    store<f32>(to, load<f32>(from2 + i), 8);
    store<f32>(to, load<f32>(from3 + i), 12);
  }
}

/** Two rows to the first two numbers of each inner step. */
function interleave2<T>(to: usize, rows: usize, from: usize, stride: usize, K: usize): void {
  const step = rows * sizeof<T>();
  for (let k: usize = 0; k < K; k++, to += step, from += sizeof<T>()) {
    store<T>(to, load<T>(from));
    store<T>(to, load<T>(from + stride), sizeof<T>());
  }
}

/**
 * Packs M columns of a row-major matrix as strips, its last row first: element (m, k) stands at
 * `from + (R - 1 - k) * stride + m * sizeof<T>()`.
 */
export function packColumnsBackward<T>(to: usize, from: usize, stride: usize, M: usize, R: usize): void {
  from += (R - 1) * stride;
  for (let left = M; left > 0; ) {
    const rows = stripRows(left);
    const real = min(rows, left);
    const bytes = rows * sizeof<T>();
    let row = from;
    if (real < rows || rows == 1) {
      for (let r = R; r > 0; r--, row -= stride, to += bytes) {
        for (let m: usize = 0; m < rows; m++) {
          store<T>(to + m * sizeof<T>(), m < real ? load<T>(row + m * sizeof<T>()) : <T>0);
        }
      }
    } else {
      for (let r = R; r > 0; r--, row -= stride, to += bytes) {
        v128.store(to, v128.load(row));
        if (sizeof<T>() == 8) v128.store(to, v128.load(row, 16), 16);
        if (HIGH != 0 && rows == HIGH) {
          if (sizeof<T>() == 8) v128.store(to, v128.load(row, 32), 32);
          else store<u64>(to, load<u64>(row, 16), 16);
        }
      }
    }
    from += real * sizeof<T>();
    left -= real;
  }
}
