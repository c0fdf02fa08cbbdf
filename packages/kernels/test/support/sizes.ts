/** Where tiles and lanes end: every small size, and the neighbors of 32 and 64. */
export const SIZES: readonly number[] = [...Array.from({ length: 18 }, (_, n) => n), 31, 32, 33, 63, 64, 65];
