// The numbers of assembly/elementwise.ts.
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

// Those of assembly/reductions.ts.
export const SUM = 0;
export const DOT = 1;

// Those of assembly/updates.ts.
export const SGD = 0;
export const MOMENTUM = 1;
export const RMSPROP = 2;
export const ADAGRAD = 3;
export const ADAM = 4;

/** What to do, and where destination and sources lie: address and bytes from row to row. */
type Pass = (
  pass: number,
  to: number,
  toStride: number,
  x: number,
  xStride: number,
  y: number,
  yStride: number,
  rows: number,
  columns: number,
  a: number,
) => void;

/** Address and stride of the matrix that changes and of a second one. */
type TwoMatrices = (
  y: number,
  yStride: number,
  x: number,
  xStride: number,
  rows: number,
  columns: number,
) => void;

/** The rule, addresses of θ, g and up to three vectors of state (0 for none), N numbers each; η, λ, κ and the rule's own numbers. */
type Update = (
  rule: number,
  theta: number,
  g: number,
  s: number,
  t: number,
  u: number,
  N: number,
  eta: number,
  lambda: number,
  kappa: number,
  k1: number,
  k2: number,
  k3: number,
  k4: number,
  k5: number,
  k6: number,
) => void;

/** Where the matrix that changes lies, the tokens, the other matrix; R rows of N numbers, a vocabulary of V. */
type TokenPass = (
  to: number,
  toStride: number,
  tokens: number,
  from: number,
  fromStride: number,
  R: number,
  N: number,
  V: number,
) => void;

/** The functions of assembly/products.ts for one element type. */
export interface ProductExports {
  product(
    c: number,
    cStride: number,
    a: number,
    aStride: number,
    p: number,
    M: number,
    N: number,
    K: number,
  ): void;
  transposedProduct(
    c: number,
    cStride: number,
    a: number,
    aStride: number,
    b: number,
    bStride: number,
    M: number,
    N: number,
    R: number,
  ): void;
}

/** The functions of assembly/index.ts besides the products, for one element type. */
export interface PassExports {
  pack(to: number, from: number, K: number, N: number, kStride: number, nStride: number): void;
  pass: Pass;
  fill(to: number, toStride: number, rows: number, columns: number, value: number): void;
  reduce(
    what: number,
    x: number,
    xStride: number,
    y: number,
    yStride: number,
    rows: number,
    columns: number,
  ): number;
  firstNonFinite(x: number, stride: number, rows: number, columns: number): number;
  addTokenColumns: TokenPass;
  scatterAddColumns: TokenPass;
  columnSums(c: number, a: number, aStride: number, R: number, N: number): void;
  scaleRows: TwoMatrices;
  softmax: TwoMatrices;
  update: Update;
  clamp(g: number, N: number, limit: number): number;
  crossEntropy(
    losses: number,
    lossStride: number,
    dz: number,
    dzStride: number,
    z: number,
    zStride: number,
    targets: number,
    weights: number,
    weightStride: number,
    rows: number,
    columns: number,
    scale: number,
  ): void;
}
