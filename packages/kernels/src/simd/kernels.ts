import { StateError } from "../errors.ts";
import type { Kernels } from "../kernels.ts";
import { arraysOn, type Memory } from "../memory.ts";
import { portableFloat32 } from "../portable/float32.ts";
import { portableFloat64 } from "../portable/float64.ts";
import type { ElementType, FloatArray, Tokens, View } from "../view.ts";
import { type Engine, type SimdKind, startEngine } from "./engine.ts";
import type { Pass, PassExports, ProductExports } from "./exports.ts";

/** Elements of a packed K×N operand: panels of 32 bytes a row. */
export function simdPackedSize(type: ElementType, inner: number, columns: number): number {
  const panel = type === "float32" ? 8 : 4;
  return inner * Math.ceil(columns / panel) * panel;
}

/** Makes a memory for `bytes` of data and the kernels on it. @throws RangeError if the engine cannot give it */
export function makeSimd(kind: SimdKind, type: ElementType, bytes: number): Memory {
  const engine = startEngine(kind, type, bytes);
  const arrays = arraysOn(type, engine.buffer, bytes);
  return { kernels: new SimdKernels(engine, kind, type, arrays.floats), ...arrays };
}

/**
 * WebAssembly where it pays, the portable functions on the same memory for the rest: the bits are the same.
 * Views of another memory are a mistake that would compute with wrong numbers, so they are refused.
 */
class SimdKernels implements Kernels {
  readonly kind: SimdKind;
  readonly type: ElementType;
  readonly #floats: FloatArray;
  readonly #bytes: number;
  readonly #passes: PassExports;
  readonly #products: ProductExports;
  readonly #portable: Kernels;

  constructor(engine: Engine, kind: SimdKind, type: ElementType, floats: FloatArray) {
    this.kind = kind;
    this.type = type;
    this.#floats = floats;
    this.#bytes = floats.BYTES_PER_ELEMENT;
    this.#passes = engine.passes;
    this.#products = engine.products;
    this.#portable = type === "float32" ? portableFloat32 : portableFloat64;
  }

  packedSize(inner: number, columns: number): number {
    return simdPackedSize(this.type, inner, columns);
  }

  pack(packed: View, B: View): void {
    const bytes = this.#bytes;
    this.#products.pack(this.#at(packed), this.#at(B), B.rows, B.columns, B.stride * bytes, bytes);
  }

  packTransposed(packed: View, B: View): void {
    const bytes = this.#bytes;
    this.#products.pack(this.#at(packed), this.#at(B), B.columns, B.rows, bytes, B.stride * bytes);
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
      tokens.offset * 4,
      this.#at(W),
      W.stride * bytes,
      C.rows,
      C.columns,
    );
  }

  scatterAddColumns(dW: View, tokens: Tokens, D: View): void {
    const bytes = this.#bytes;
    this.#passes.scatterAddColumns(
      this.#at(dW),
      dW.stride * bytes,
      tokens.offset * 4,
      this.#at(D),
      D.stride * bytes,
      D.rows,
      D.columns,
    );
  }

  fill(Y: View, value: number): void {
    this.#passes.fill(this.#at(Y), Y.stride * this.#bytes, Y.rows, Y.columns, value);
  }

  copy(Y: View, X: View): void {
    this.#pass(this.#passes.copy, Y, X, X, 0);
  }

  add(Y: View, X: View): void {
    this.#pass(this.#passes.add, Y, Y, X, 0);
  }

  scale(Y: View, X: View, a: number): void {
    this.#pass(this.#passes.scale, Y, X, X, a);
  }

  broadcastRow(Y: View, b: View): void {
    const stride = Y.stride * this.#bytes;
    this.#passes.copy(this.#at(Y), stride, this.#at(b), 0, this.#at(b), 0, Y.rows, Y.columns, 0);
  }

  scaleRows(Y: View, a: View): void {
    this.#portable.scaleRows(Y, a);
  }

  tanh(Y: View, Z: View): void {
    if (this.#passes.tanh) this.#pass(this.#passes.tanh, Y, Z, Z, 0);
    else this.#portable.tanh(Y, Z);
  }

  sigmoid(Y: View, Z: View): void {
    if (this.#passes.sigmoid) this.#pass(this.#passes.sigmoid, Y, Z, Z, 0);
    else this.#portable.sigmoid(Y, Z);
  }

  relu(Y: View, Z: View): void {
    this.#pass(this.#passes.relu, Y, Z, Z, 0);
  }

  tanhBackward(dZ: View, Y: View, dY: View): void {
    this.#pass(this.#passes.tanhBackward, dZ, Y, dY, 0);
  }

  sigmoidBackward(dZ: View, Y: View, dY: View): void {
    this.#pass(this.#passes.sigmoidBackward, dZ, Y, dY, 0);
  }

  reluBackward(dZ: View, Y: View, dY: View): void {
    this.#pass(this.#passes.reluBackward, dZ, Y, dY, 0);
  }

  identityBackward(dZ: View, Y: View, dY: View): void {
    this.#pass(this.#passes.identityBackward, dZ, Y, dY, 0);
  }

  softmax(Y: View, Z: View): void {
    this.#portable.softmax(Y, Z);
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
    if (this.#passes.crossEntropy) {
      this.#passes.crossEntropy(
        this.#at(losses),
        losses.stride * bytes,
        dZ ? this.#at(dZ) : 0,
        dZ ? dZ.stride * bytes : 0,
        this.#at(Z),
        Z.stride * bytes,
        targets.offset * 4,
        weights ? this.#at(weights) : 0,
        weights ? weights.stride * bytes : 0,
        Z.rows,
        Z.columns,
        scale,
      );
    } else this.#portable.softmaxCrossEntropy(losses, dZ, Z, targets, weights, scale);
  }

  sum(X: View): number {
    return this.#passes.sum(this.#at(X), X.stride * this.#bytes, X.rows, X.columns);
  }

  sumOfSquares(X: View): number {
    return this.#passes.sumOfSquares(this.#at(X), X.stride * this.#bytes, X.rows, X.columns);
  }

  dot(X: View, Y: View): number {
    return this.#portable.dot(X, Y);
  }

  firstNonFinite(X: View): number {
    return this.#passes.firstNonFinite(this.#at(X), X.stride * this.#bytes, X.rows, X.columns);
  }

  sgdUpdate(...of: Parameters<Kernels["sgdUpdate"]>): void {
    this.#portable.sgdUpdate(...of);
  }

  momentumUpdate(...of: Parameters<Kernels["momentumUpdate"]>): void {
    this.#portable.momentumUpdate(...of);
  }

  rmspropUpdate(...of: Parameters<Kernels["rmspropUpdate"]>): void {
    this.#portable.rmspropUpdate(...of);
  }

  adagradUpdate(...of: Parameters<Kernels["adagradUpdate"]>): void {
    this.#portable.adagradUpdate(...of);
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
    if (x) this.#portable.adamUpdate(theta, g, m, v, x, eta, lambda, kappa, beta1, beta2, epsilon);
    else {
      this.#passes.adam(
        this.#at(theta),
        this.#at(g),
        this.#at(m),
        this.#at(v),
        theta.columns,
        eta,
        lambda,
        kappa,
        beta1,
        1 - beta1,
        beta2,
        1 - beta2,
        epsilon,
      );
    }
  }

  clamp(g: View, limit: number): number {
    return this.#portable.clamp(g, limit);
  }

  #pass(pass: Pass, to: View, x: View, y: View, a: number): void {
    const bytes = this.#bytes;
    pass(
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
}
