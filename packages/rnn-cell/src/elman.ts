import { type Activation, tanh } from "@unroll/activations";
import { type Arena, isTokens, type Rows, type View } from "@unroll/kernels";
import {
  glorotUniform,
  type Initializer,
  type Layout,
  layout,
  orthogonal,
  type RandomState,
  type Slice,
  slice,
  zeros,
} from "@unroll/linalg";
import type { BoundCell, Cell, CellOfInput } from "./cell.ts";
import { checkActivation, checkInitializers, checkSize } from "./options.ts";
import { PackedWeight } from "./packed-weight.ts";
import { firstOfPart, setColumns, setRows } from "./parts.ts";

export interface ElmanOptions {
  /** n: units of the hidden state. */
  readonly hiddenSize: number;
  /** σ; tanh unless given. */
  readonly activation?: Activation | undefined;
  /** With b_h (true unless given) or without. */
  readonly bias?: boolean | undefined;
  /** Starting values by parameter; unless given W_xh Glorot uniform, W_hh orthogonal, b_h zero. */
  readonly initializers?: Partial<Readonly<Record<"W_xh" | "W_hh" | "b_h", Initializer>>> | undefined;
}

/**
 * The Elman cell: z_t = W_hh h_{t-1} + W_xh x_t + b_h, h_t = σ(z_t).
 *
 * Shapes: W_xh n×m, W_hh n×n, b_h 1×n. Backward, with δ_t = dL/dh_t: ε_t = σ'(z_t) ⊙ δ_t, dL/dh_{t-1} = W_hhᵀ ε_t,
 * dL/dx_t = W_xhᵀ ε_t, dW_hh = Σ ε_t h_{t-1}ᵀ, dW_xh = Σ ε_t x_tᵀ, db_h = Σ ε_t.
 * Source: J. L. Elman, "Finding Structure in Time", Cognitive Science 14 (1990).
 * @throws OptionError if a size is not a positive integer, the activation none, or an initializer's name unknown
 */
export function elmanCell(options: ElmanOptions & { readonly inputSize: number }): Cell {
  return new ElmanCell(options);
}

/** An Elman cell that takes its input size from its place in a stack. See `elmanCell`. */
export function elman(options: ElmanOptions): CellOfInput {
  return (inputSize) => elmanCell({ ...options, inputSize });
}

class ElmanCell implements Cell {
  readonly kind = "elman";
  readonly inputSize: number;
  readonly outputSize: number;
  readonly stateSize: number;
  readonly gateSize: number;
  readonly tapeSize: number;
  readonly deltaSize: number;
  readonly parameters: Layout;
  readonly config: Readonly<Record<string, string | number | boolean>>;
  readonly activation: Activation;
  readonly #initializers: Readonly<Record<string, Initializer>>;

  constructor(options: ElmanOptions & { readonly inputSize: number }) {
    const m = checkSize("elman", "inputSize", options.inputSize);
    const n = checkSize("elman", "hiddenSize", options.hiddenSize);
    const bias = options.bias ?? true;
    this.activation = checkActivation("elman", options.activation ?? tanh);
    this.inputSize = m;
    this.outputSize = this.stateSize = this.gateSize = this.deltaSize = n;
    this.tapeSize = this.activation.needsInput ? n : 0;
    this.parameters = layout({ W_xh: [n, m], W_hh: [n, n], ...(bias && { b_h: [1, n] }) });
    this.config = { hiddenSize: n, activation: this.activation.name, bias };
    const usual = { W_xh: glorotUniform(), W_hh: orthogonal(), b_h: zeros };
    this.#initializers = checkInitializers("elman", this.parameters, usual, options.initializers);
  }

  initialize(parameters: View, random: RandomState): void {
    for (const name of Object.keys(this.parameters.slices)) {
      this.#initializers[name](slice(parameters, this.parameters, name), random);
    }
  }

  bind(arena: Arena, parameters: View, gradients: View): BoundCell {
    return new BoundElman(this, arena, parameters, gradients);
  }
}

class BoundElman implements BoundCell {
  readonly #arena: Arena;
  readonly #activation: Activation;
  readonly #W_xh: View;
  readonly #b_h: View | undefined;
  readonly #dW_xh: View;
  readonly #dW_hh: View;
  readonly #db_h: View | undefined;
  // Parts of gradients and deltas, set again for each call.
  readonly #part: View;
  readonly #partOfDelta: View;
  readonly #inputWeights: PackedWeight;
  readonly #recurrentWeights: PackedWeight;
  readonly #inputWeightsBack: PackedWeight;
  readonly #recurrentWeightsBack: PackedWeight;

  constructor(cell: ElmanCell, arena: Arena, parameters: View, gradients: View) {
    const { W_xh, W_hh, b_h } = cell.parameters.slices as Record<"W_xh" | "W_hh", Slice> & { b_h?: Slice };
    const part = (of: View, at: Slice): View => arena.part(of, at.offset, at.rows, at.columns);
    const recurrent = part(parameters, W_hh);
    this.#arena = arena;
    this.#activation = cell.activation;
    this.#W_xh = part(parameters, W_xh);
    this.#b_h = b_h && part(parameters, b_h);
    this.#dW_xh = part(gradients, W_xh);
    this.#dW_hh = part(gradients, W_hh);
    this.#db_h = b_h && part(gradients, b_h);
    this.#part = arena.part(gradients, 0, 0, 0);
    this.#partOfDelta = arena.part(gradients, 0, 0, 0);
    this.#inputWeights = new PackedWeight(arena, this.#W_xh, true);
    this.#recurrentWeights = new PackedWeight(arena, recurrent, true);
    this.#inputWeightsBack = new PackedWeight(arena, this.#W_xh, false);
    this.#recurrentWeightsBack = new PackedWeight(arena, recurrent, false);
  }

  prepare(): void {
    this.#inputWeights.invalidate();
    this.#recurrentWeights.invalidate();
    this.#inputWeightsBack.invalidate();
    this.#recurrentWeightsBack.invalidate();
  }

  /** Z ← 1 b_hᵀ + X W_xhᵀ. */
  project(inputs: Rows, gates: View): void {
    const k = this.#arena.kernels;
    if (this.#b_h) k.broadcastRow(gates, this.#b_h);
    else k.fill(gates, 0);
    if (isTokens(inputs)) k.addTokenColumns(gates, inputs, this.#W_xh);
    else k.addProduct(gates, inputs, this.#inputWeights.current());
  }

  /** Z ← Z + H_{t-1} W_hhᵀ, H_t ← σ(Z). */
  step(gates: View, previous: View, next: View, tape: View): void {
    const k = this.#arena.kernels;
    k.addProduct(gates, previous, this.#recurrentWeights.current());
    if (this.#activation.needsInput) k.copy(tape, gates);
    this.#activation.forward(k, next, gates);
  }

  /** E_t ← σ'(Z_t) ⊙ Δ_t, dH_{t-1} ← E_t W_hh. */
  stepBackward(tape: View, _previous: View, next: View, dNext: View, delta: View, dPrevious: View): void {
    const k = this.#arena.kernels;
    this.#activation.backward(k, delta, this.#activation.needsInput ? tape : undefined, next, dNext);
    k.fill(dPrevious, 0);
    k.addProduct(dPrevious, delta, this.#recurrentWeightsBack.current());
  }

  /** dX ← E W_xh. */
  inputGradient(delta: View, dInputs: View): void {
    const k = this.#arena.kernels;
    k.fill(dInputs, 0);
    k.addProduct(dInputs, delta, this.#inputWeightsBack.current());
  }

  /** dW_hh += Eᵀ H_prev, dW_xh += Eᵀ X, db_h += Σ E. */
  accumulate(inputs: Rows, previous: View, tape: View, delta: View): void {
    this.accumulatePart(0, 1, inputs, previous, tape, delta);
  }

  /** The rows of these gradients that belong to some of the units. */
  accumulatePart(part: number, parts: number, inputs: Rows, previous: View, _tape: View, delta: View): void {
    const k = this.#arena.kernels;
    const from = firstOfPart(delta.columns, part, parts);
    const to = firstOfPart(delta.columns, part + 1, parts);
    if (from === to) return;
    const E = setColumns(this.#partOfDelta, delta, from, to);
    k.addTransposedProduct(setRows(this.#part, this.#dW_hh, from, to), E, previous);
    const dW_xh = setRows(this.#part, this.#dW_xh, from, to);
    if (isTokens(inputs)) k.scatterAddColumns(dW_xh, inputs, E);
    else k.addTransposedProduct(dW_xh, E, inputs);
    if (this.#db_h) k.addColumnSums(setColumns(this.#part, this.#db_h, from, to), E);
  }
}
