import type { BackwardStep } from "@unroll/bptt";
import {
  Arena,
  type ElementType,
  load,
  OptionError,
  ShapeError,
  StateError,
  type View,
} from "@unroll/kernels";
import { checkCount } from "./jacobians.ts";

export interface OmegaOptions {
  /** T and B: the most that a batch may have. */
  readonly steps: number;
  readonly batch: number;
  /** n of the Elman layer. */
  readonly hiddenSize: number;
  /** "squared": Σ (r - 1)², the released code and equation (10); "root": Σ (√r - 1)², equation (9). "squared" unless given. */
  readonly form?: "squared" | "root" | undefined;
  /** Which layer, from below; 0 unless given. */
  readonly layer?: number | undefined;
  /** "float64" unless given. */
  readonly type?: ElementType | undefined;
}

/** ‖δ‖² below which a row counts as vanished: r is 1 there. */
const VANISHED = 1e-20;

/**
 * Pascanu's regularizer: gradients should keep their norm on the way back through each step.
 *
 *     v_t = W_hhᵀ D_t δ_t      r_t = ‖v_t‖²/‖δ_t‖²      Ω = the mean of (r_t - 1)² over steps and sequences
 *
 * δ_t = dL/dh_t is the total gradient; rows with ‖δ_t‖² < 1e-20 are left out of the mean. The gradient of Ω holds δ_t and D_t fixed:
 * d(r - 1)²/dW_hh = 4(r - 1)(D_t δ_t) v_tᵀ/‖δ_t‖², d(√r - 1)²/dW_hh = 2(1 - 1/√r)(D_t δ_t) v_tᵀ/‖δ_t‖².
 *
 * `take` is a hook for `onBackwardStep` of @unroll/bptt (full back-propagation, not truncated); after the backward pass
 * `addGradient` adds α dΩ/dW_hh, before clipping. α was 4 in the paper, 2 in the released script; on natural data it decayed as 1/t.
 * R. Pascanu, T. Mikolov, Y. Bengio, ICML 2013.
 */
export class OmegaRegularizer {
  readonly #options: OmegaOptions;
  readonly #arena: Arena;
  /** By step and sequence: δ, D δ, v. */
  readonly #states: View;
  readonly #deltas: View;
  readonly #carried: View;
  readonly #W: View;
  readonly #dW: View;
  readonly #packed: View;
  /** r of each row; 1 where it vanished. */
  readonly ratios: Float64Array;
  #batch = 0;
  #steps = 0;
  #last = 0;

  /** @throws ValueError if a size is not a positive integer, OptionError for an unknown form */
  constructor(options: OmegaOptions) {
    const { steps, batch, hiddenSize: n, form = "squared", type = "float64" } = options;
    for (const name of ["steps", "batch", "hiddenSize"] as const)
      checkCount("OmegaRegularizer", name, options[name], Number.MAX_SAFE_INTEGER);
    if (form !== "squared" && form !== "root")
      throw new OptionError("OmegaRegularizer", "form", form, '"squared" or "root"');
    const arena = new Arena(type);
    this.#options = options;
    this.#arena = arena;
    this.#states = arena.matrix(steps * batch, n);
    this.#deltas = arena.matrix(steps * batch, n);
    this.#carried = arena.matrix(steps * batch, n);
    this.#W = arena.matrix(n, n);
    this.#dW = arena.matrix(n, n);
    this.#packed = arena.packed(n, n);
    this.ratios = new Float64Array(steps * batch);
    arena.commit();
  }

  /** Remembers δ_t and D_t δ_t of the layer. @throws ShapeError if they do not fit */
  readonly take = ({ layer, step, dState, delta }: BackwardStep): void => {
    if (layer !== (this.#options.layer ?? 0)) return;
    const { steps, batch, hiddenSize: n } = this.#options;
    if (dState.rows > batch || dState.columns !== n || delta.columns !== n || step >= steps)
      throw new ShapeError(
        "OmegaRegularizer",
        "step",
        [step + 1, dState.rows, dState.columns],
        [`≤ ${steps}`, `≤ ${batch}`, n],
      );
    if (step >= this.#last) this.#steps = step + 1; // the way back begins
    this.#last = step;
    this.#batch = dState.rows;
    load(this.#rows(this.#states, step), dState);
    load(this.#rows(this.#deltas, step), delta);
  };

  /**
   * Ω of the backward pass that was taken; adds α dΩ/dW_hh to dW_hh (n×n), if given, and forgets the pass.
   * @throws StateError if no pass was taken, ShapeError for other matrices
   */
  addGradient(W_hh: View, dW_hh?: View, alpha = 1): number {
    if (this.#steps === 0) throw new StateError("OmegaRegularizer", "no backward pass was taken");
    const { hiddenSize: n, form = "squared" } = this.#options;
    for (const [name, view] of Object.entries({ W_hh, ...(dW_hh && { dW_hh }) }))
      if (view.rows !== n || view.columns !== n)
        throw new ShapeError("OmegaRegularizer", name, [view.rows, view.columns], [n, n]);
    const k = this.#arena.kernels;
    const rows = this.#steps * this.#batch;
    for (const view of [this.#states, this.#deltas, this.#carried]) view.rows = rows;
    load(this.#W, W_hh);
    k.pack(this.#packed, this.#W);
    k.fill(this.#carried, 0);
    k.addProduct(this.#carried, this.#deltas, this.#packed);
    let sum = 0;
    let alive = 0;
    for (let r = 0; r < rows; r++) {
      const [before, after] = [this.#states, this.#carried].map((view) => squares(view, r));
      const live = before >= VANISHED;
      const ratio = live ? after / before : 1;
      const off = form === "squared" ? ratio - 1 : Math.sqrt(ratio) - 1;
      const factor = form === "squared" ? 4 * off : ratio > 0 ? (2 * off) / Math.sqrt(ratio) : 0;
      this.ratios[r] = ratio;
      sum += off * off;
      if (live) alive++;
      scaleRow(this.#deltas, r, live ? factor / before : 0);
    }
    const weight = alive > 0 ? 1 / alive : 0;
    this.#steps = this.#last = 0;
    if (dW_hh) {
      k.fill(this.#dW, 0);
      k.addTransposedProduct(this.#dW, this.#deltas, this.#carried);
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++)
          dW_hh.data[dW_hh.offset + i * dW_hh.stride + j] +=
            alpha * weight * this.#dW.data[this.#dW.offset + i * n + j];
    }
    return sum * weight;
  }

  #rows(of: View, step: number): View {
    const B = this.#batch;
    return this.#arena.part(of, step * B * of.columns, B, of.columns);
  }
}

function squares({ data, offset, columns }: View, r: number): number {
  let sum = 0;
  for (let i = offset + r * columns; i < offset + (r + 1) * columns; i++) sum += data[i] * data[i];
  return sum;
}

function scaleRow({ data, offset, columns }: View, r: number, factor: number): void {
  for (let i = offset + r * columns; i < offset + (r + 1) * columns; i++) data[i] *= factor;
}
