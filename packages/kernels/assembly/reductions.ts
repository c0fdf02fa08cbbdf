import { tileRoom } from "./scratch";

// Full reductions: eight float64 partial sums by index mod 8, combined as ((0+1)+(2+3))+((4+5)+(6+7)).
// src/simd/exports.ts has the same numbers.
export const SUM = 0;
/** Of products, x·y. */
export const DOT = 1;

/** What a number adds to its partial sum. */
// @ts-expect-error: decorator
@inline
function term<T>(what: i32, x: usize, y: usize): f64 {
  return what == DOT ? <f64>load<T>(x) * <f64>load<T>(y) : <f64>load<T>(x);
}

/** The same for two numbers. */
// @ts-expect-error: decorator
@inline
function terms<T>(what: i32, x: usize, y: usize): v128 {
  return what == DOT ? f64x2.mul(two<T>(x), two<T>(y)) : two<T>(x);
}

// @ts-expect-error: decorator
@inline
function two<T>(address: usize): v128 {
  return sizeof<T>() == 4 ? f64x2.promote_low_f32x4(v128.load64_zero(address)) : v128.load(address);
}

export function reduce<T>(
  what: i32,
  x: usize,
  xStride: usize,
  y: usize,
  yStride: usize,
  rows: usize,
  columns: usize,
): f64 {
  if (xStride == columns * sizeof<T>() && yStride == xStride) {
    columns *= rows;
    rows = 1;
  }
  const partial = tileRoom();
  for (let i: usize = 0; i < 64; i += 8) store<f64>(partial + i, 0);
  let index: usize = 0; // of the first number of the row
  for (; rows > 0; rows--, x += xStride, y += yStride) {
    let c: usize = 0;
    for (; c < columns && ((index + c) & 7) != 0; c++) add<T>(what, partial, index + c, x + c * sizeof<T>(), y + c * sizeof<T>());
    let p01 = v128.load(partial);
    let p23 = v128.load(partial, 16);
    let p45 = v128.load(partial, 32);
    let p67 = v128.load(partial, 48);
    for (; c + 8 <= columns; c += 8) {
      const at = x + c * sizeof<T>();
      const other = y + c * sizeof<T>();
      p01 = f64x2.add(p01, terms<T>(what, at, other));
      p23 = f64x2.add(p23, terms<T>(what, at + 2 * sizeof<T>(), other + 2 * sizeof<T>()));
      p45 = f64x2.add(p45, terms<T>(what, at + 4 * sizeof<T>(), other + 4 * sizeof<T>()));
      p67 = f64x2.add(p67, terms<T>(what, at + 6 * sizeof<T>(), other + 6 * sizeof<T>()));
    }
    v128.store(partial, p01);
    v128.store(partial, p23, 16);
    v128.store(partial, p45, 32);
    v128.store(partial, p67, 48);
    for (; c < columns; c++) add<T>(what, partial, index + c, x + c * sizeof<T>(), y + c * sizeof<T>());
    index += columns;
  }
  const low = load<f64>(partial) + load<f64>(partial, 8) + (load<f64>(partial, 16) + load<f64>(partial, 24));
  const high = load<f64>(partial, 32) + load<f64>(partial, 40) + (load<f64>(partial, 48) + load<f64>(partial, 56));
  return low + high;
}

// @ts-expect-error: decorator
@inline
function add<T>(what: i32, partial: usize, index: usize, x: usize, y: usize): void {
  const place = partial + (index & 7) * 8;
  store<f64>(place, load<f64>(place) + term<T>(what, x, y));
}

/** Index of the first NaN or infinite number, or -1. */
export function firstNonFinite<T>(x: usize, stride: usize, rows: usize, columns: usize): i32 {
  for (let r: usize = 0; r < rows; r++, x += stride) {
    let c: usize = 0;
    const lanes = 16 / sizeof<T>();
    for (; c + lanes <= columns; c += lanes) {
      const numbers = v128.load(x + c * sizeof<T>());
      // x - x is 0 for finite numbers, and NaN for the others
      const zero = v128.sub<T>(numbers, numbers);
      if (v128.any_true(v128.ne<T>(zero, zero))) break;
    }
    for (; c < columns; c++) {
      const number = load<T>(x + c * sizeof<T>());
      if (number - number != 0) return <i32>(r * columns + c);
    }
  }
  return -1;
}
