// Working room of the kernels behind the arena's own data: a tile for edges, and blocks of packed operands.

/** Where the room begins; JavaScript sets it when it makes the instance. */
// @ts-expect-error: decorator
@external("env", "scratch")
declare const scratch: usize;

/** A tile for edges: 256 bytes. */
// @ts-expect-error: decorator
@inline
export function tileRoom(): usize {
  return scratch;
}

const TILE_BYTES: usize = 256;

/** Rows of C that are worked on at a time: whole strips of 4 and of 6. */
export const BLOCK_ROWS: usize = 48;
/** Panels of the right operand that are packed at a time. */
export const BLOCK_PANELS: usize = 16;
/** Bytes of a packed row or of half a panel: 256 inner steps of f32, 128 of f64. */
const BLOCK_BYTES: usize = 1024;

/** Inner steps that are worked on at a time. */
// @ts-expect-error: decorator
@inline
export function blockSteps<T>(): usize {
  return BLOCK_BYTES / sizeof<T>();
}

/** Strips of the left operand. */
// @ts-expect-error: decorator
@inline
export function leftRoom(): usize {
  return scratch + TILE_BYTES;
}

const LEFT_BYTES: usize = BLOCK_ROWS * BLOCK_BYTES;

/** Panels of the right operand, 32 bytes an inner step each. */
// @ts-expect-error: decorator
@inline
export function rightRoom(): usize {
  return scratch + TILE_BYTES + LEFT_BYTES;
}

/** What the stages of an elementary function hand on: 2 KiB. No product runs meanwhile. */
// @ts-expect-error: decorator
@inline
export function stageRoom(): usize {
  return rightRoom();
}

export const RIGHT_BYTES: usize = (BLOCK_PANELS * BLOCK_BYTES * 32) / 4;

/** The constants of the elementary functions. */
// @ts-expect-error: decorator
@inline
export function constantsRoom(): usize {
  return scratch + TILE_BYTES + LEFT_BYTES + RIGHT_BYTES;
}

const CONSTANTS_BYTES: usize = 1024;

/** Bytes of the whole room. */
export const SCRATCH_BYTES: usize = TILE_BYTES + LEFT_BYTES + RIGHT_BYTES + CONSTANTS_BYTES;
