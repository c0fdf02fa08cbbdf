/** Four numbers that say where a matrix lies: address and bytes from row to row, of destination or source. */
export type Pass = (
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

type Reduction = (x: number, stride: number, rows: number, columns: number) => number;

/** Where the matrix that changes lies, the tokens, the other matrix; R rows of N numbers. */
type TokenPass = (
  to: number,
  toStride: number,
  tokens: number,
  from: number,
  fromStride: number,
  R: number,
  N: number,
) => void;

/** The functions of assembly/products.ts for one element type. */
export interface ProductExports {
  pack(to: number, from: number, K: number, N: number, kStride: number, nStride: number): void;
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
  copy: Pass;
  add: Pass;
  scale: Pass;
  relu: Pass;
  identityBackward: Pass;
  reluBackward: Pass;
  tanhBackward: Pass;
  sigmoidBackward: Pass;
  fill(to: number, toStride: number, rows: number, columns: number, value: number): void;
  sum: Reduction;
  sumOfSquares: Reduction;
  firstNonFinite: Reduction;
  addTokenColumns: TokenPass;
  scatterAddColumns: TokenPass;
  columnSums(c: number, a: number, aStride: number, R: number, N: number): void;
  adam(
    theta: number,
    g: number,
    m: number,
    v: number,
    N: number,
    eta: number,
    lambda: number,
    kappa: number,
    beta1: number,
    share1: number,
    beta2: number,
    share2: number,
    epsilon: number,
  ): void;
  /** float32 only. */
  tanh?: Pass;
  sigmoid?: Pass;
  crossEntropy?(
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
