/** log10 of numbers given by their natural logarithms. 0 stays -Infinity. */
export function fromNatural(logs: Float64Array): Float64Array {
  return logs.map((value) => value * Math.LOG10E);
}
