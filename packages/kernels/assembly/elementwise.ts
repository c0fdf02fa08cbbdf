import { copyFew } from "./pack";
import { tileRoom } from "./scratch";
import * as stages from "./stages";

// What a pass does with a vector of each source; src/simd/exports.ts has the same numbers.
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

/** Numbers below it become +0. */
// @ts-expect-error: decorator
@inline
export function flushLimit<T>(): f64 {
  return sizeof<T>() == 4 ? 7.888609052210118e-31 : 1.0261342003245941e-289;
}

/** Numbers below the limit become +0; NaN stays NaN. */
// @ts-expect-error: decorator
@inline
export function flush<T>(x: v128): v128 {
  const limit = splat<T>(flushLimit<T>());
  return v128.andnot(x, v128.lt<T>(v128.abs<T>(x), limit));
}

/** The new numbers from those of the first source (Y or Z) and the second (dY, or the one to add). */
// @ts-expect-error: decorator
@inline
function apply<T>(pass: i32, x: v128, y: v128, factor: v128): v128 {
  if (pass == ADD) return v128.add<T>(x, y);
  if (pass == SCALE) return v128.mul<T>(factor, x);
  if (pass == RELU) return v128.max<T>(x, splat<T>(0));
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

/** One pass over whole vectors. */
// @ts-expect-error: decorator
@inline
function vectors<T>(pass: i32, to: usize, x: usize, y: usize, bytes: usize, factor: v128): void {
  const two = pass == ADD || pass >= IDENTITY_BACKWARD; // sources
  for (let i: usize = 0; i < bytes; i += 16) {
    const a = v128.load(x + i);
    v128.store(to + i, apply<T>(pass, a, two ? v128.load(y + i) : a, factor));
  }
}

/** The same, the pass not known at compile time. */
function vectorsOf<T>(pass: i32, to: usize, x: usize, y: usize, bytes: usize, factor: v128): void {
  if (pass == COPY) vectors<T>(COPY, to, x, y, bytes, factor);
  else if (pass == ADD) vectors<T>(ADD, to, x, y, bytes, factor);
  else if (pass == SCALE) vectors<T>(SCALE, to, x, y, bytes, factor);
  else if (pass == RELU) vectors<T>(RELU, to, x, y, bytes, factor);
  else if (pass == TANH) stages.elementary<T>(stages.TANH, to, x, bytes);
  else if (pass == SIGMOID) stages.elementary<T>(stages.SIGMOID, to, x, bytes);
  else if (pass == IDENTITY_BACKWARD) vectors<T>(IDENTITY_BACKWARD, to, x, y, bytes, factor);
  else if (pass == RELU_BACKWARD) vectors<T>(RELU_BACKWARD, to, x, y, bytes, factor);
  else if (pass == TANH_BACKWARD) vectors<T>(TANH_BACKWARD, to, x, y, bytes, factor);
  else if (pass == SIGMOID_BACKWARD) vectors<T>(SIGMOID_BACKWARD, to, x, y, bytes, factor);
}

/**
 * to ← pass(x, y) for `rows`×`columns` numbers; strides in bytes. What is left of a row goes through the room for a
 * tile, so that every number takes the same way.
 */
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
  let width = columns * sizeof<T>();
  if (toStride == width && xStride == width && yStride == width) {
    width *= rows;
    rows = 1;
  }
  const whole = width & ~15;
  const left = width - whole;
  const room = tileRoom();
  for (; rows > 0; rows--, to += toStride, x += xStride, y += yStride) {
    vectorsOf<T>(pass, to, x, y, whole, scale);
    if (left == 0) continue;
    copyFew<T>(room, x + whole, left);
    copyFew<T>(room + 16, y + whole, left);
    vectorsOf<T>(pass, room + 32, room, room + 16, 16, scale);
    copyFew<T>(to + whole, room + 32, left);
  }
}

/** to ← to + from, `width` bytes. */
// @ts-expect-error: decorator
@inline
export function addRow<T>(to: usize, from: usize, width: usize): void {
  let i: usize = 0;
  for (; i + 16 <= width; i += 16) v128.store(to + i, v128.add<T>(v128.load(to + i), v128.load(from + i)));
  for (; i < width; i += sizeof<T>()) store<T>(to + i, load<T>(to + i) + load<T>(from + i));
}

/** c ← c + column sums of A (R×N), rows from the last to the first. */
export function columnSums<T>(c: usize, a: usize, aStride: usize, R: usize, N: usize): void {
  const width = N * sizeof<T>();
  let row = a + R * aStride;
  for (; R > 0; R--) {
    row -= aStride;
    addRow<T>(c, row, width);
  }
}

/** Row r of Y ← a[r] · row r of Y; a factor 0 gives exact 0 whatever stood there. */
export function scaleRows<T>(y: usize, yStride: usize, a: usize, aStride: usize, rows: usize, columns: usize): void {
  for (; rows > 0; rows--, y += yStride, a += aStride) {
    const factor = load<T>(a);
    if (factor == 0) fill<T>(y, yStride, 1, columns, 0);
    else eachOf<T>(SCALE, y, yStride, y, yStride, y, yStride, 1, columns, <f64>factor);
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
