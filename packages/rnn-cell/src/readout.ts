import { type Activation, identity } from "@unroll/activations";
import type { Arena, View } from "@unroll/kernels";
import {
  glorotUniform,
  type Initializer,
  type Layout,
  layout,
  type RandomState,
  slice,
  zeros,
} from "@unroll/linalg";
import { checkActivation, checkInitializers, checkSize } from "./options.ts";
import { PackedWeight } from "./packed-weight.ts";
import { firstOfPart, setColumns, setRows } from "./parts.ts";

export interface ReadoutOptions {
  /** n: columns of the visible state. */
  readonly inputSize: number;
  /** p: columns of the output. */
  readonly outputSize: number;
  /** σ_y; the identity unless given. Losses "from logits" want the identity. */
  readonly activation?: Activation | undefined;
  /** With b_y (true unless given) or without. */
  readonly bias?: boolean | undefined;
  /** Starting values; unless given W_hy Glorot uniform, b_y zero. */
  readonly initializers?: Partial<Readonly<Record<"W_hy" | "b_y", Initializer>>> | undefined;
}

/** What turns visible states into outputs: a description without memory. */
export interface Readout {
  readonly inputSize: number;
  readonly outputSize: number;
  readonly activation: Activation;
  /** Columns kept per row besides the outputs: p if the activation's derivative needs its input, else 0. */
  readonly tapeSize: number;
  readonly parameters: Layout;
  initialize(parameters: View, random: RandomState): void;
  bind(arena: Arena, parameters: View, gradients: View): BoundReadout;
}

/** A readout at work, on any number of rows. */
export interface BoundReadout {
  /** Call after every change of the parameters. */
  prepare(): void;
  /** outputs ← σ_y(H W_hyᵀ + 1 b_yᵀ); fills the tape. */
  forward(states: View, outputs: View, tape: View): void;
  /** `stateGradient`, then `accumulate`. */
  backward(states: View, outputs: View, tape: View, dOutputs: View, dStates: View): void;
  /**
   * From dOutputs = dL/dY to dStates = dL/dH (overwritten). dOutputs is turned into dL/dO, where O = H W_hyᵀ + 1 b_yᵀ.
   */
  stateGradient(outputs: View, tape: View, dOutputs: View, dStates: View): void;
  /**
   * Adds the gradients of the parameters from dL/dO, rows from the last to the first; or part number `part` of so many,
   * each on other elements of the gradients, so that threads can do it together.
   */
  accumulate(states: View, dO: View, part?: number, parts?: number): void;
}

/**
 * The linear readout with its output activation: o_t = W_hy h_t + b_y, y_t = σ_y(o_t).
 * Shapes: W_hy p×n, b_y 1×p.
 * @throws OptionError if a size is not a positive integer, the activation none, or an initializer's name unknown
 */
export function linearReadout(options: ReadoutOptions): Readout {
  const n = checkSize("linearReadout", "inputSize", options.inputSize);
  const p = checkSize("linearReadout", "outputSize", options.outputSize);
  const activation = checkActivation("linearReadout", options.activation ?? identity);
  const parameters = layout({ W_hy: [p, n], ...((options.bias ?? true) && { b_y: [1, p] }) });
  const usual = { W_hy: glorotUniform(), b_y: zeros };
  const initializers = checkInitializers("linearReadout", parameters, usual, options.initializers);
  return {
    inputSize: n,
    outputSize: p,
    activation,
    tapeSize: activation.needsInput ? p : 0,
    parameters,
    initialize(vector, random) {
      for (const name of Object.keys(parameters.slices)) {
        initializers[name](slice(vector, parameters, name), random);
      }
    },
    bind: (arena, vector, gradients) =>
      new BoundLinearReadout(parameters, activation, arena, vector, gradients),
  };
}

class BoundLinearReadout implements BoundReadout {
  readonly #arena: Arena;
  readonly #activation: Activation;
  readonly #b_y: View | undefined;
  readonly #dW_hy: View;
  readonly #db_y: View | undefined;
  // Parts of gradients and of dL/dO, set again for each call.
  readonly #part: View;
  readonly #partOfOutputs: View;
  readonly #weights: PackedWeight;
  readonly #weightsBack: PackedWeight;

  constructor(of: Layout, activation: Activation, arena: Arena, parameters: View, gradients: View) {
    const part = (vector: View, name: string): View | undefined => {
      const at = of.slices[name];
      return at && arena.part(vector, at.offset, at.rows, at.columns);
    };
    const W_hy = part(parameters, "W_hy") as View;
    this.#arena = arena;
    this.#activation = activation;
    this.#b_y = part(parameters, "b_y");
    this.#dW_hy = part(gradients, "W_hy") as View;
    this.#db_y = part(gradients, "b_y");
    this.#part = arena.part(gradients, 0, 0, 0);
    this.#partOfOutputs = arena.part(gradients, 0, 0, 0);
    this.#weights = new PackedWeight(arena, W_hy, true);
    this.#weightsBack = new PackedWeight(arena, W_hy, false);
  }

  prepare(): void {
    this.#weights.invalidate();
    this.#weightsBack.invalidate();
  }

  forward(states: View, outputs: View, tape: View): void {
    const k = this.#arena.kernels;
    if (this.#b_y) k.broadcastRow(outputs, this.#b_y);
    else k.fill(outputs, 0);
    k.addProduct(outputs, states, this.#weights.current());
    if (this.#activation.needsInput) k.copy(tape, outputs);
    this.#activation.forward(k, outputs, outputs);
  }

  backward(states: View, outputs: View, tape: View, dOutputs: View, dStates: View): void {
    this.stateGradient(outputs, tape, dOutputs, dStates);
    this.accumulate(states, dOutputs);
  }

  /** dO ← σ_y'(O) ⊙ dY, dH ← dO W_hy. */
  stateGradient(outputs: View, tape: View, dOutputs: View, dStates: View): void {
    const k = this.#arena.kernels;
    this.#activation.backward(k, dOutputs, this.#activation.needsInput ? tape : undefined, outputs, dOutputs);
    k.fill(dStates, 0);
    k.addProduct(dStates, dOutputs, this.#weightsBack.current());
  }

  /** dW_hy += dOᵀ H, db_y += Σ dO. */
  accumulate(states: View, dO: View, part = 0, parts = 1): void {
    const k = this.#arena.kernels;
    const from = firstOfPart(dO.columns, part, parts);
    const to = firstOfPart(dO.columns, part + 1, parts);
    if (from === to) return;
    const D = setColumns(this.#partOfOutputs, dO, from, to);
    k.addTransposedProduct(setRows(this.#part, this.#dW_hy, from, to), D, states);
    if (this.#db_y) k.addColumnSums(setColumns(this.#part, this.#db_y, from, to), D);
  }
}
