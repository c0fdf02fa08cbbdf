/**
 * base^exponent for an exponent of 0, 1, 2, …, by repeated squaring: the same bits in every engine, which `Math.pow` is
 * not, and from the step alone, so that nothing else needs to be saved.
 */
export function power(base: number, exponent: number): number {
  let result = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}
