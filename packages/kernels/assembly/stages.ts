import * as of32 from "./elementary32";
import * as of64 from "./elementary64";
import { constantsRoom, stageRoom } from "./scratch";

// The operations on one number wait for each other, and a processor looks ahead a few numbers only. So an elementary
// function goes over a piece of the numbers three times, each time with a short chain of operations.

export const EXP = 0;
export const TANH = 1;
export const SIGMOID = 2;

/** Bytes of a piece. */
const PIECE: usize = 512;

// What one stage hands on to the next: offsets from the place of a vector in the room for stages.
export const PLACES: usize = 0;
export const HIGH: usize = PIECE;
export const LOW: usize = 2 * PIECE;
export const TAIL: usize = 3 * PIECE;

/** to ← f(x), whole vectors. */
// @ts-expect-error: decorator
@inline
export function elementary<T>(f: i32, to: usize, x: usize, bytes: usize): void {
  const k = constantsRoom();
  const room = stageRoom();
  for (let piece = min(bytes, PIECE); piece > 0; piece = min(bytes, PIECE)) {
    for (let i: usize = 0; i < piece; i += 16) reduce<T>(f, v128.load(x + i), room + i, k);
    for (let i: usize = 0; i < piece; i += 16) tail<T>(f, room + i, k);
    for (let i: usize = 0; i < piece; i += 16) v128.store(to + i, finish<T>(f, v128.load(x + i), room + i, k));
    bytes -= piece;
    to += piece;
    x += piece;
  }
}

// @ts-expect-error: decorator
@inline
function reduce<T>(f: i32, z: v128, room: usize, k: usize): void {
  if (sizeof<T>() == 4) {
    if (f == EXP) of32.expReduce(z, room, k);
    else if (f == TANH) of32.tanhReduce(z, room, k);
    else of32.sigmoidReduce(z, room, k);
  } else {
    if (f == EXP) of64.expReduce(z, room, k);
    else if (f == TANH) of64.tanhReduce(z, room, k);
    else of64.sigmoidReduce(z, room, k);
  }
}

// @ts-expect-error: decorator
@inline
function tail<T>(f: i32, room: usize, k: usize): void {
  if (sizeof<T>() == 4) {
    if (f == TANH) of32.tanhTail(room, k);
    else of32.expTail(room, k);
  } else {
    if (f == TANH) of64.tanhTail(room, k);
    else of64.expTail(room, k);
  }
}

// @ts-expect-error: decorator
@inline
function finish<T>(f: i32, z: v128, room: usize, k: usize): v128 {
  if (sizeof<T>() == 4) {
    if (f == EXP) return of32.expOfNonPositive(z, room, k);
    return f == TANH ? of32.tanh(z, room, k) : of32.sigmoid(z, room, k);
  }
  if (f == EXP) return of64.expOfNonPositive(z, room, k);
  return f == TANH ? of64.tanh(z, room, k) : of64.sigmoid(z, room, k);
}
