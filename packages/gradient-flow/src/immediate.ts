import { isTokens, type Rows, type View } from "@unroll/kernels";
import type { CellParameter } from "./parameter.ts";
import { lengthOf } from "./scale.ts";
import { rowsOf, type Stack } from "./stack.ts";

/** Terms (∂⁺h_k/∂θ)ᵀ v of one parameter, where v stands in row k of the layer's deltas. */
export interface ImmediateTerms {
  /** ‖term‖_F. */
  norm(k: number): number;
  /** ⟨term, total⟩. */
  dot(k: number): number;
}

/**
 * The immediate derivative ∂⁺ holds h_{k-1} fixed. For an Elman cell a term has rank one, a u_kᵀ with u_k = h_{k-1}, x_k or 1, so
 * ‖a‖‖u_k‖ is its norm. For other cells each term is made by the cell itself.
 */
export function immediateTerms(
  stack: Stack,
  of: CellParameter,
  T: number,
  total: Float64Array,
): ImmediateTerms {
  return of.layer.cell.kind === "elman" ? elmanTerms(stack, of, T, total) : anyTerms(stack, of, total);
}

function elmanTerms(
  stack: Stack,
  { layer, below, name, slice: { columns } }: CellParameter,
  T: number,
  total: Float64Array,
): ImmediateTerms {
  const inputs = below ? below.visible : stack.inputs;
  const width = name === "b_h" ? 1 : columns;
  const u = (k: number, j: number): number => {
    if (name === "b_h") return 1;
    if (name === "W_hh") return at(layer.states, k, j);
    return isTokens(inputs) ? +(inputs.data[inputs.offset + k] === j) : at(inputs, k, j);
  };
  // ‖u_k‖, and total · u_k: what a is multiplied with.
  const lengths = new Float64Array(T);
  const n = layer.cell.deltaSize;
  const images = new Float64Array(T * n);
  for (let k = 0; k < T; k++) {
    const own = Float64Array.from({ length: width }, (_, j) => u(k, j));
    lengths[k] = lengthOf(own, 0, width);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < width; j++) images[k * n + i] += total[i * width + j] * own[j];
  }
  const { delta } = layer;
  const a = (k: number, i: number): number => delta.data[delta.offset + k * delta.stride + i];
  return {
    norm: (k) => lengthOf(delta.data, delta.offset + k * delta.stride, delta.columns) * lengths[k],
    dot(k) {
      let sum = 0;
      for (let i = 0; i < delta.columns; i++) sum += a(k, i) * images[k * delta.columns + i];
      return sum;
    },
  };
}

function anyTerms(
  stack: Stack,
  { layer, below, slice, size }: CellParameter,
  total: Float64Array,
): ImmediateTerms {
  const inputs: Rows = below ? below.visible : stack.inputs;
  const term = (k: number): Float64Array => {
    const { delta, states, tape, bound } = layer;
    const { data, offset } = stack.gradients;
    stack.arena.kernels.fill(stack.gradients, 0);
    bound.accumulate(rowsOf(inputs, k, 1), rowsOf(states, k, 1), rowsOf(tape, k, 1), rowsOf(delta, k, 1));
    return Float64Array.from(data.subarray(offset + slice.offset, offset + slice.offset + size));
  };
  const product = (a: Float64Array, b: Float64Array): number => {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += a[i] * b[i];
    return sum;
  };
  return {
    norm: (k) => lengthOf(term(k), 0, size),
    dot: (k) => product(term(k), total),
  };
}

function at({ data, offset, stride }: View, r: number, c: number): number {
  return data[offset + r * stride + c];
}
