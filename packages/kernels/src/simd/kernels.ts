import { StateError } from "../errors.ts";
import type { Kernels } from "../kernels.ts";
import { arraysOn, type Memory } from "../memory.ts";
import type { ElementType, FloatArray, Tokens, View } from "../view.ts";
import { type Engine, newMemory, type SimdKind, startEngine } from "./engine.ts";
import type { PassExports, ProductExports } from "./exports.ts";
import * as code from "./exports.ts";

/** Elements of a packed K×N operand: panels of 32 bytes a row. */
export function simdPackedSize(type: ElementType, inner: number, columns: number): number {
  const panel = type === "float32" ? 8 : 4;
  return inner * Math.ceil(columns / panel) * panel;
}

/** Makes a memory for `bytes` of data and the kernels on it. @throws RangeError if the engine cannot give it */
export function makeSimd(kind: SimdKind, type: ElementType, bytes: number): Memory {
  const memory = newMemory(bytes, 1, false);
  return simdOn(startEngine(kind, type, memory, bytes), kind, type, memory, bytes);
}

/** The kernels of an engine. */
export function simdOn(
  engine: Engine,
  kind: SimdKind,
  type: ElementType,
  { buffer }: WebAssembly.Memory,
  bytes: number,
): Memory {
  const arrays = arraysOn(type, buffer, bytes);
  return { kernels: new SimdKernels(engine, kind, type, arrays), ...arrays };
}

/**
 * WebAssembly with the bits of the portable functions.
 * Views of another memory are a mistake that would compute with wrong numbers, so they are refused.
 */
class SimdKernels implements Kernels {
  readonly kind: SimdKind;
  readonly type: ElementType;
  readonly #floats: FloatArray;
  readonly #integers: Int32Array;
  readonly #bytes: number;
  readonly #passes: PassExports;
  readonly #products: ProductExports;

  constructor(
    engine: Engine,
    kind: SimdKind,
    type: ElementType,
    { floats, integers }: Omit<Memory, "kernels">,
  ) {
    this.kind = kind;
    this.type = type;
    this.#floats = floats;
    this.#integers = integers;
    this.#bytes = floats.BYTES_PER_ELEMENT;
    this.#passes = engine.passes;
    this.#products = engine.products;
  }

  packedSize(inner: number, columns: number): number {
    return simdPackedSize(this.type, inner, columns);
  }

  pack(packed: View, B: View): void {
    const bytes = this.#bytes;
    this.#passes.pack(this.#at(packed), this.#at(B), B.rows, B.columns, B.stride * bytes, bytes);
  }

  packTransposed(packed: View, B: View): void {
    const bytes = this.#bytes;
    this.#passes.pack(this.#at(packed), this.#at(B), B.columns, B.rows, bytes, B.stride * bytes);
  }

  addProduct(C: View, A: View, P: View): void {
    const bytes = this.#bytes;
    this.#products.product(
      this.#at(C),
      C.stride * bytes,
      this.#at(A),
      A.stride * bytes,
      this.#at(P),
      C.rows,
      C.columns,
      A.columns,
    );
  }

  addTransposedProduct(C: View, A: View, B: View): void {
    const bytes = this.#bytes;
    this.#products.transposedProduct(
      this.#at(C),
      C.stride * bytes,
      this.#at(A),
      A.stride * bytes,
      this.#at(B),
      B.stride * bytes,
      C.rows,
      C.columns,
      A.rows,
    );
  }

  addColumnSums(c: View, A: View): void {
    this.#passes.columnSums(this.#at(c), this.#at(A), A.stride * this.#bytes, A.rows, A.columns);
  }

  addTokenColumns(C: View, tokens: Tokens, W: View): void {
    const bytes = this.#bytes;
    this.#passes.addTokenColumns(
      this.#at(C),
      C.stride * bytes,
      this.#atToken(tokens),
      this.#at(W),
      W.stride * bytes,
      C.rows,
      C.columns,
      W.columns,
    );
  }

  scatterAddColumns(dW: View, tokens: Tokens, D: View): void {
    const bytes = this.#bytes;
    this.#passes.scatterAddColumns(
      this.#at(dW),
      dW.stride * bytes,
      this.#atToken(tokens),
      this.#at(D),
      D.stride * bytes,
      D.rows,
      D.columns,
      dW.columns,
    );
  }

  fill(Y: View, value: number): void {
    this.#passes.fill(this.#at(Y), Y.stride * this.#bytes, Y.rows, Y.columns, value);
  }

  copy(Y: View, X: View): void {
    this.#pass(code.COPY, Y, X, X, 0);
  }

  add(Y: View, X: View): void {
    this.#pass(code.ADD, Y, Y, X, 0);
  }

  scale(Y: View, X: View, a: number): void {
    this.#pass(code.SCALE, Y, X, X, a);
  }

  broadcastRow(Y: View, b: View): void {
    const stride = Y.stride * this.#bytes;
    this.#passes.pass(code.COPY, this.#at(Y), stride, this.#at(b), 0, this.#at(b), 0, Y.rows, Y.columns, 0);
  }

  scaleRows(Y: View, a: View): void {
    this.#two(this.#passes.scaleRows, Y, a);
  }

  tanh(Y: View, Z: View): void {
    this.#pass(code.TANH, Y, Z, Z, 0);
  }

  sigmoid(Y: View, Z: View): void {
    this.#pass(code.SIGMOID, Y, Z, Z, 0);
  }

  relu(Y: View, Z: View): void {
    this.#pass(code.RELU, Y, Z, Z, 0);
  }

  tanhBackward(dZ: View, Y: View, dY: View): void {
    this.#pass(code.TANH_BACKWARD, dZ, Y, dY, 0);
  }

  sigmoidBackward(dZ: View, Y: View, dY: View): void {
    this.#pass(code.SIGMOID_BACKWARD, dZ, Y, dY, 0);
  }

  reluBackward(dZ: View, Y: View, dY: View): void {
    this.#pass(code.RELU_BACKWARD, dZ, Y, dY, 0);
  }

  identityBackward(dZ: View, Y: View, dY: View): void {
    this.#pass(code.IDENTITY_BACKWARD, dZ, Y, dY, 0);
  }

  softmax(Y: View, Z: View): void {
    this.#two(this.#passes.softmax, Y, Z);
  }

  softmaxCrossEntropy(
    losses: View,
    dZ: View | undefined,
    Z: View,
    targets: Tokens,
    weights: View | undefined,
    scale: number,
  ): void {
    const bytes = this.#bytes;
    this.#passes.crossEntropy(
      this.#at(losses),
      losses.stride * bytes,
      dZ ? this.#at(dZ) : 0,
      dZ ? dZ.stride * bytes : 0,
      this.#at(Z),
      Z.stride * bytes,
      this.#atToken(targets),
      weights ? this.#at(weights) : 0,
      weights ? weights.stride * bytes : 0,
      Z.rows,
      Z.columns,
      scale,
    );
  }

  sum(X: View): number {
    return this.#reduce(code.SUM, X, X);
  }

  sumOfSquares(X: View): number {
    return this.#reduce(code.DOT, X, X);
  }

  dot(X: View, Y: View): number {
    return this.#reduce(code.DOT, X, Y);
  }

  firstNonFinite(X: View): number {
    return this.#passes.firstNonFinite(this.#at(X), X.stride * this.#bytes, X.rows, X.columns);
  }

  sgdUpdate(theta: View, g: View, eta: number, lambda: number, kappa: number): void {
    this.#passes.update(
      code.SGD,
      this.#at(theta),
      this.#at(g),
      0,
      0,
      0,
      theta.columns,
      eta,
      lambda,
      kappa,
      0,
      0,
      0,
      0,
      0,
      0,
    );
  }

  momentumUpdate(
    theta: View,
    g: View,
    b: View,
    eta: number,
    lambda: number,
    kappa: number,
    mu: number,
    c: number,
    p: number,
    q: number,
  ): void {
    const N = theta.columns;
    this.#passes.update(
      code.MOMENTUM,
      this.#at(theta),
      this.#at(g),
      this.#at(b),
      0,
      0,
      N,
      eta,
      lambda,
      kappa,
      mu,
      c,
      p,
      q,
      0,
      0,
    );
  }

  rmspropUpdate(
    theta: View,
    g: View,
    v: View,
    a: View | undefined,
    b: View | undefined,
    eta: number,
    lambda: number,
    kappa: number,
    rho: number,
    epsilonIn: number,
    epsilonOut: number,
    mu: number,
    c: number,
  ): void {
    this.#passes.update(
      code.RMSPROP,
      this.#at(theta),
      this.#at(g),
      this.#at(v),
      a ? this.#at(a) : 0,
      b ? this.#at(b) : 0,
      theta.columns,
      eta,
      lambda,
      kappa,
      rho,
      1 - rho,
      epsilonIn,
      epsilonOut,
      mu,
      c,
    );
  }

  adagradUpdate(
    theta: View,
    g: View,
    v: View,
    eta: number,
    lambda: number,
    kappa: number,
    epsilonIn: number,
    epsilonOut: number,
  ): void {
    const N = theta.columns;
    const state = this.#at(v);
    this.#passes.update(
      code.ADAGRAD,
      this.#at(theta),
      this.#at(g),
      state,
      0,
      0,
      N,
      eta,
      lambda,
      kappa,
      epsilonIn,
      epsilonOut,
      0,
      0,
      0,
      0,
    );
  }

  adamUpdate(
    theta: View,
    g: View,
    m: View,
    v: View,
    x: View | undefined,
    eta: number,
    lambda: number,
    kappa: number,
    beta1: number,
    beta2: number,
    epsilon: number,
  ): void {
    this.#passes.update(
      code.ADAM,
      this.#at(theta),
      this.#at(g),
      this.#at(m),
      this.#at(v),
      x ? this.#at(x) : 0,
      theta.columns,
      eta,
      lambda,
      kappa,
      beta1,
      1 - beta1,
      beta2,
      1 - beta2,
      epsilon,
      0,
    );
  }

  clamp(g: View, limit: number): number {
    return this.#passes.clamp(this.#at(g), g.columns, limit);
  }

  #reduce(what: number, X: View, Y: View): number {
    const bytes = this.#bytes;
    const { rows, columns } = X;
    return this.#passes.reduce(
      what,
      this.#at(X),
      X.stride * bytes,
      this.#at(Y),
      Y.stride * bytes,
      rows,
      columns,
    );
  }

  #two(pass: PassExports["softmax"], Y: View, X: View): void {
    const bytes = this.#bytes;
    pass(this.#at(Y), Y.stride * bytes, this.#at(X), X.stride * bytes, Y.rows, Y.columns);
  }

  #pass(pass: number, to: View, x: View, y: View, a: number): void {
    const bytes = this.#bytes;
    this.#passes.pass(
      pass,
      this.#at(to),
      to.stride * bytes,
      this.#at(x),
      x.stride * bytes,
      this.#at(y),
      y.stride * bytes,
      to.rows,
      to.columns,
      a,
    );
  }

  /** Address of the first element. */
  #at(view: View): number {
    if (view.data !== this.#floats)
      throw new StateError("Kernels", "a view is not of the memory of these kernels");
    return view.offset * this.#bytes;
  }

  /** Address of the first token. */
  #atToken(tokens: Tokens): number {
    if (tokens.data !== this.#integers)
      throw new StateError("Kernels", "tokens are not of the memory of these kernels");
    return tokens.offset * 4;
  }
}
