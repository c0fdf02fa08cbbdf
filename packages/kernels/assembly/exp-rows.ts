import { splat } from "./elementwise";
import { copyFew } from "./pack";
import { leftRoom, tileRoom } from "./scratch";
import { EXP, elementary } from "./stages";

// The part that softmax and its cross-entropy have in common. A sum has to wait for each of its additions; so a few rows
// are taken together, and their sums run side by side.

/** Rows taken together. */
export const GROUP: usize = 4;

/** e^(z - max z) of a row that is not kept is worked out piece by piece, so many bytes at a time. */
const PIECE: usize = 1024;

// What is known of the rows of a group stands in the room for a tile, behind what edges need.

// @ts-expect-error: decorator
@inline
export function maxima(): usize {
  return tileRoom() + 64;
}

// @ts-expect-error: decorator
@inline
export function sums(): usize {
  return tileRoom() + 96;
}

/**
 * e^(z - max z) of the rows of a group, into `to` if it is not 0; their maxima and sums, columns ascending, into the
 * room.
 */
export function expRows<T>(to: usize, toStride: usize, z: usize, zStride: usize, group: usize, columns: usize): void {
  const kept = to != 0;
  const piece = kept ? columns * sizeof<T>() : PIECE;
  if (!kept) {
    to = leftRoom();
    toStride = PIECE;
  }
  for (let r: usize = 0; r < group; r++) {
    store<T>(maxima() + r * sizeof<T>(), rowMaximum<T>(z + r * zStride, columns));
  }
  v128.store(sums(), i32x4.splat(0));
  if (sizeof<T>() == 8) v128.store(sums() + 16, i32x4.splat(0));
  for (let left = columns * sizeof<T>(); left > 0; z += piece) {
    const width = min(piece, left);
    for (let r: usize = 0; r < group; r++) {
      subtract<T>(to + r * toStride, z + r * zStride, width, load<T>(maxima() + r * sizeof<T>()));
    }
    expOfRows<T>(to, toStride, group, width);
    sumRows<T>(to, toStride, group, width);
    left -= width;
  }
}

/** Adds the numbers of each row to its sum, columns ascending; strides in bytes. */
function sumRows<T>(rows: usize, stride: usize, group: usize, width: usize): void {
  // A row that is not there is another one, whose sum nobody reads.
  const p1 = min(1, group - 1) * stride;
  const p2 = min(2, group - 1) * stride;
  const p3 = min(3, group - 1) * stride;
  let s0 = load<T>(sums());
  let s1 = load<T>(sums() + sizeof<T>());
  let s2 = load<T>(sums() + 2 * sizeof<T>());
  let s3 = load<T>(sums() + 3 * sizeof<T>());
  for (const end = rows + width; rows < end; rows += sizeof<T>()) {
    s0 += load<T>(rows);
    s1 += load<T>(rows + p1);
    s2 += load<T>(rows + p2);
    s3 += load<T>(rows + p3);
  }
  store<T>(sums(), s0);
  store<T>(sums() + sizeof<T>(), s1);
  store<T>(sums() + 2 * sizeof<T>(), s2);
  store<T>(sums() + 3 * sizeof<T>(), s3);
}

/** to ← z - largest, `width` bytes. */
function subtract<T>(to: usize, z: usize, width: usize, largest: T): void {
  const all = splat<T>(<f64>largest);
  let i: usize = 0;
  for (; i + 16 <= width; i += 16) v128.store(to + i, v128.sub<T>(v128.load(z + i), all));
  for (; i < width; i += sizeof<T>()) store<T>(to + i, load<T>(z + i) - largest);
}

/** y ← e^y for the rows of a group, what is left of them together. */
function expOfRows<T>(y: usize, stride: usize, group: usize, width: usize): void {
  const whole = width & ~15;
  for (let r: usize = 0; r < group; r++) exp<T>(y + r * stride, whole);
  const left = width - whole;
  if (left == 0) return;
  const room = tileRoom();
  y += whole;
  for (let r: usize = 0; r < group; r++) copyFew<T>(room + r * 16, y + r * stride, left);
  exp<T>(room, group * 16);
  for (let r: usize = 0; r < group; r++) copyFew<T>(y + r * stride, room + r * 16, left);
}

/** y ← e^y, whole vectors. */
function exp<T>(y: usize, bytes: usize): void {
  elementary<T>(EXP, y, y, bytes);
}

/** The largest number of a row; NaN if it comes first, otherwise NaN does not count. */
function rowMaximum<T>(z: usize, columns: usize): T {
  const lanes: usize = 16 / sizeof<T>();
  let largest = load<T>(z);
  let c: usize = 0;
  if (columns >= lanes) {
    let all = splat<T>(<f64>largest);
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
