/** Where the three parts of a text begin and end: train [0, train), validation [train, validation), test [validation, test). */
export interface Split {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/** Splits `length` positions at the floor of 80 % and of 90 %. Nothing is shuffled: the test part is the end of the book. */
export function splitByPosition(length: number): Split {
  return { train: Math.floor((length * 8) / 10), validation: Math.floor((length * 9) / 10), test: length };
}
