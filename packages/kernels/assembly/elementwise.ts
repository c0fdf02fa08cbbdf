import { exp, sigmoid, tanh } from "./elementary";
import { copyFew } from "./pack";
import { constantsRoom, tileRoom } from "./scratch";

// What a pass does with a vector of each source. Known at compile time where `pass` is inlined.
export const COPY = 0;
export const ADD = 1;
export const SCALE = 2;
export const RELU = 3;
export const TANH = 4;
export const SIGMOID = 5;
export const IDENTITY_BACKWARD = 6;
export const RELU_BACKWARD = 7;
export const TANH_BACKWARD = 8;
export const SIGMOID_BACKWARD = 9;

// @ts-expect-error: decorator
@inline
export function splat<T>(x: f64): v128 {
  return sizeof<T>() == 4 ? f32x4.splat(<f32>x) : f64x2.splat(x);
}

/** Numbers below the limit become +0; NaN stays NaN. */
// @ts-expect-error: decorator
@inline
export function flush<T>(x: v128): v128 {
  const limit = splat<T>(sizeof<T>() == 4 ? 7.888609052210118e-31 : 1.0261342003245941e-289);
  return v128.andnot(x, v128.lt<T>(v128.abs<T>(x), limit));
}

/** The new numbers from those of the first source (Y or Z) and the second (dY, or the one to add). */
// @ts-expect-error: decorator
@inline
function apply<T>(pass: i32, x: v128, y: v128, factor: v128, k: usize): v128 {
  if (pass == ADD) return v128.add<T>(x, y);
  if (pass == SCALE) return v128.mul<T>(factor, x);
  if (pass == RELU) return v128.max<T>(x, splat<T>(0));
  if (pass == TANH) return tanh(x, k);
  if (pass == SIGMOID) return sigmoid(x, k);
  if (pass == IDENTITY_BACKWARD) return flush<T>(y);
  if (pass == RELU_BACKWARD) return v128.and(flush<T>(y), v128.gt<T>(x, splat<T>(0)));
  if (pass == TANH_BACKWARD) {
    return flush<T>(v128.mul<T>(y, v128.sub<T>(splat<T>(1), v128.mul<T>(x, x))));
  }
  if (pass == SIGMOID_BACKWARD) {
    return flush<T>(v128.mul<T>(y, v128.mul<T>(x, v128.sub<T>(splat<T>(1), x))));
  }
  return x;
}

/**
 * to ← pass(x, y) for `rows`×`columns` numbers; strides in bytes. What is left of a row goes through the room for a
 * tile, so that every number takes the same way.
 */
// @ts-expect-error: decorator
@inline
export function eachOf<T>(
  pass: i32,
  to: usize,
  toStride: usize,
  x: usize,
  xStride: usize,
  y: usize,
  yStride: usize,
  rows: usize,
  columns: usize,
  factor: f64,
): void {
  const scale = splat<T>(factor);
  const k = constantsRoom();
  const two = pass == ADD || pass >= IDENTITY_BACKWARD; // sources
  let width = columns * sizeof<T>();
  if (toStride == width && xStride == width && yStride == width) {
    width *= rows;
    rows = 1;
  }
  const whole = width & ~15;
  const left = width - whole;
  for (; rows > 0; rows--, to += toStride, x += xStride, y += yStride) {
    for (let i: usize = 0; i < whole; i += 16) {
      const a = v128.load(x + i);
      v128.store(to + i, apply<T>(pass, a, two ? v128.load(y + i) : a, scale, k));
    }
    if (left > 0) {
      const room = tileRoom();
      copyFew<T>(room, x + whole, left);
      if (two) copyFew<T>(room + 16, y + whole, left);
      v128.store(room + 32, apply<T>(pass, v128.load(room), v128.load(room + 16), scale, k));
      copyFew<T>(to + whole, room + 32, left);
    }
  }
}

/** c ← c + column sums of A (R×N), rows from the last to the first. */
export function columnSums<T>(c: usize, a: usize, aStride: usize, R: usize, N: usize): void {
  const width = N * sizeof<T>();
  let row = a + R * aStride;
  for (; R > 0; R--) {
    row -= aStride;
    let i: usize = 0;
    for (; i + 16 <= width; i += 16) v128.store(c + i, v128.add<T>(v128.load(c + i), v128.load(row + i)));
    for (; i < width; i += sizeof<T>()) store<T>(c + i, load<T>(c + i) + load<T>(row + i));
  }
}

/** Every number of the rows ← value. */
export function fill<T>(to: usize, toStride: usize, rows: usize, columns: usize, value: f64): void {
  const numbers = splat<T>(value);
  let width = columns * sizeof<T>();
  if (toStride == width) {
    width *= rows;
    rows = 1;
  }
  for (; rows > 0; rows--, to += toStride) {
    let i: usize = 0;
    for (; i + 16 <= width; i += 16) v128.store(to + i, numbers);
    for (; i < width; i += sizeof<T>()) store<T>(to + i, <T>value);
  }
}

/** e^(z - largest) of a row, into `to` if it is not 0. Returns their sum, columns ascending. */
// @ts-expect-error: decorator
@inline
export function expRow(to: usize, z: usize, columns: usize, largest: f32): f32 {
  const shift = f32x4.splat(largest);
  const room = tileRoom();
  const k = constantsRoom();
  let sum: f32 = 0;
  let i: usize = 0;
  for (; i + 4 <= columns; i += 4) {
    const e = exp(f32x4.sub(v128.load(z + i * 4), shift), k);
    if (to != 0) v128.store(to + i * 4, e);
    sum += f32x4.extract_lane(e, 0);
    sum += f32x4.extract_lane(e, 1);
    sum += f32x4.extract_lane(e, 2);
    sum += f32x4.extract_lane(e, 3);
  }
  if (i < columns) {
    const left = (columns - i) * 4;
    copyFew<f32>(room, z + i * 4, left);
    v128.store(room, exp(f32x4.sub(v128.load(room), shift), k));
    for (let at: usize = 0; at < left; at += 4) sum += load<f32>(room + at);
    if (to != 0) copyFew<f32>(to + i * 4, room, left);
  }
  return sum;
}
