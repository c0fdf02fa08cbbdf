// Working room of the kernels behind the arena's own data: a tile for edges, and panels of packed operands.

/** Where the room begins; JavaScript sets it when it makes the instance. */
// @ts-expect-error: decorator
@external("env", "scratch")
declare const scratch: usize;

/** Four rows of one panel. */
// @ts-expect-error: decorator
@inline
export function tileRoom(): usize {
  return scratch;
}

/** Rows that are packed at a time. */
export const BLOCK_ROWS: usize = 128;
/** Panels of the right operand that are packed at a time. */
export const BLOCK_PANELS: usize = 16;

/** Four interleaved columns of `BLOCK_ROWS` rows. */
// @ts-expect-error: decorator
@inline
export function leftRoom(): usize {
  return scratch + 256;
}

/** The panels, 32 bytes a row each. */
// @ts-expect-error: decorator
@inline
export function rightRoom(): usize {
  return scratch + 256 + BLOCK_ROWS * 32;
}

/** Bytes of the whole room. */
export const SCRATCH_BYTES: usize = 256 + BLOCK_ROWS * 32 + BLOCK_ROWS * BLOCK_PANELS * 32;
