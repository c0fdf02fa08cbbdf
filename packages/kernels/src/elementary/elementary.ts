/** Functions of one number, in plain arithmetic of one element type: the same bits on every engine. */
export interface Elementary {
  /** e^x. */
  readonly exp: (x: number) => number;
  /** e^x - 1, exact in the leading digits for small x too. */
  readonly expm1: (x: number) => number;
  /** The natural logarithm. log 0 = -∞; of a negative number NaN. */
  readonly log: (x: number) => number;
  /** log(1 + x), exact in the leading digits for small x too. */
  readonly log1p: (x: number) => number;
  /** 1/(1 + e^(-x)). */
  readonly sigmoid: (x: number) => number;
  /** log(1 + e^x). */
  readonly softplus: (x: number) => number;
  readonly tanh: (x: number) => number;
}
