import { isTokens, load, type Rows, ShapeError, ValueError, type View } from "@unroll/kernels";
import { joinLayouts, type Layout } from "@unroll/linalg";
import { checkTargets, type Loss } from "@unroll/losses";
import { elmanLayer } from "./elman-layer.ts";
import { checkCount } from "./jacobians.ts";
import { Stack } from "./stack.ts";
import type { Trace } from "./trace.ts";
import { checkTracerOptions, type TracerOptions } from "./tracer-options.ts";

export interface TraceRun {
  /** 1×size: the cells' parameters from below, then the readout's; as `model.parameters`. */
  readonly parameters: View;
  /** T rows, or T tokens. */
  readonly inputs: Rows;
  /** h_0 of all layers, n numbers; 0 unless given. */
  readonly initialState?: ArrayLike<number> | undefined;
  /** What L is; without one all its gradients are 0. */
  readonly objective?: TraceObjective | OutputGradientOfRun | undefined;
}

/** L = c Σ_t w_t ℓ(y_t, target_t). */
export interface TraceObjective {
  readonly loss: Loss;
  /** T rows, or T tokens. */
  readonly targets: Rows;
  /** T×1: w_t. */
  readonly weights?: View | undefined;
  /** c; 1 unless given. */
  readonly scale?: number | undefined;
}

/** A loss of your own: overwrites dOutputs (T×p, zeros) with ∂L/∂y_t. */
export type OutputGradientOfRun = (outputs: View, dOutputs: View) => void;

/**
 * The memory to trace sequences of up to T steps through a stack of cells. It can be used again and again, as in a drag;
 * each `run` gives a new `Trace`. What a trace is: z_t, h_t, J_t = ∂h_t/∂h_{t-1}, e_t, δ_t and dL/dθ.
 *
 * A Jacobian is one call of the cell's `stepBackward` with the rows of an identity, so any cell will do.
 */
export class Tracer {
  readonly options: TracerOptions;
  readonly layout: Layout;
  /** The memory of the last run. */
  readonly stack: Stack;
  #trace: Trace | undefined;

  /** @throws OptionError if the sizes of the stack do not meet, ValueError if T is not a positive integer */
  constructor(options: TracerOptions) {
    checkTracerOptions(options);
    this.options = options;
    this.layout = layoutOf(options);
    this.stack = new Stack(options);
  }

  /** The last run. @throws StateError if there was none */
  get trace(): Trace {
    if (!this.#trace) throw new ValueError("Tracer.trace", "number of runs", 0, "at least one");
    return this.#trace;
  }

  /** Runs a sequence forward and back. @throws ShapeError, ValueError, NonFiniteError if something does not fit */
  run({ parameters, inputs, initialState, objective }: TraceRun): Trace {
    const { stack } = this;
    const n = stack.stateSize;
    const T = inputs.rows;
    this.#check(parameters, inputs, initialState);
    load(stack.parameters, parameters);
    for (const { states, cell, first } of stack.layers) {
      for (let i = 0; i < cell.stateSize; i++)
        states.data[states.offset + i] = initialState ? initialState[first + i] : 0;
    }
    stack.forward(inputs, T);
    const { losses, loss, outputs, outputGradients, localGradients } = this.#objective(objective, T);
    const totalGradients = this.#sweep(localGradients, T);
    const states = new Float64Array((T + 1) * n);
    for (const layer of stack.layers) gather(states, n, layer.first, layer.states, T + 1);
    const trace: Trace = {
      steps: T,
      stateSize: n,
      outputSize: stack.outputs.columns,
      jacobians: this.#jacobians(T),
      states,
      outputs,
      losses,
      loss,
      outputGradients,
      localGradients,
      totalGradients,
      parameterGradient: numbers(stack.gradients),
      layout: this.layout,
      layers: stack.layers.map((layer) => ({
        kind: layer.cell.kind,
        first: layer.first,
        stateSize: layer.cell.stateSize,
        elman: elmanLayer(stack, layer, T),
      })),
    };
    this.#trace = trace;
    return trace;
  }

  /** Readout, loss and the local gradients e_t. */
  #objective(
    objective: TraceObjective | OutputGradientOfRun | undefined,
    T: number,
  ): Pick<Trace, "losses" | "loss" | "outputs" | "outputGradients" | "localGradients"> {
    const { stack } = this;
    const { arena, outputs, dOutputs, readoutTape, dVisible, losses, readout } = stack;
    const k = arena.kernels;
    const top = stack.layers[stack.layers.length - 1];
    for (const view of [outputs, dOutputs, readoutTape, dVisible, losses]) view.rows = T;
    k.fill(stack.gradients, 0);
    if (readout) {
      readout.prepare();
      readout.forward(top.visible, outputs, readoutTape);
    } else k.copy(outputs, top.visible);
    k.fill(dOutputs, 0);
    k.fill(losses, 0);
    let scale = 1;
    if (typeof objective === "function") objective(outputs, dOutputs);
    else if (objective) {
      scale = objective.scale ?? 1;
      this.#evaluate(objective, T, scale);
    }
    if (readout) readout.backward(top.visible, outputs, readoutTape, dOutputs, dVisible);
    else k.copy(dVisible, dOutputs);
    const localGradients = new Float64Array(T * stack.stateSize);
    gather(localGradients, stack.stateSize, top.first, dVisible, T);
    return {
      losses: numbers(losses),
      loss: scale * k.sum(losses),
      outputs: numbers(outputs),
      outputGradients: numbers(dOutputs),
      localGradients,
    };
  }

  #evaluate({ loss, targets, weights }: TraceObjective, T: number, scale: number): void {
    const { arena, outputs, dOutputs, losses, targets: ownTargets, weights: ownWeights } = this.stack;
    const tokens = isTokens(ownTargets);
    if (isTokens(targets) !== tokens) {
      throw new ValueError(
        "Tracer.run",
        "targets",
        kindOf(!tokens),
        `${kindOf(tokens)} (option tokenTargets)`,
      );
    }
    checkTargets(loss, targets, weights, { rows: T, columns: outputs.columns });
    ownTargets.rows = ownWeights.rows = T;
    load(ownTargets, targets);
    if (weights) load(ownWeights, weights);
    loss.evaluate(arena.kernels, losses, dOutputs, outputs, ownTargets, weights && ownWeights, scale);
  }

  /** δ_t for all t, and the gradients of the cells' parameters. */
  #sweep(localGradients: Float64Array, T: number): Float64Array {
    const { stack } = this;
    const n = stack.stateSize;
    const { data, offset } = stack.dNext;
    const after = stack.dPrevious;
    const total = new Float64Array(T * n);
    for (let t = T - 1; t >= 0; t--) {
      for (let i = 0; i < n; i++) {
        const later = t === T - 1 ? 0 : after.data[after.offset + i];
        data[offset + i] = later + localGradients[t * n + i];
      }
      stack.back(t, 1);
      for (let i = 0; i < n; i++) total[t * n + i] = data[offset + i];
      for (const { delta, deltas } of stack.layers) copyRow(deltas, t, delta);
    }
    stack.accumulate(0, T, (layer) => layer.deltas);
    return total;
  }

  #jacobians(T: number): Float64Array {
    const { stack } = this;
    const n = stack.stateSize;
    const { dNext, dPrevious } = stack;
    const jacobians = new Float64Array(T * n * n);
    for (let t = 0; t < T; t++) {
      dNext.data.fill(0, dNext.offset, dNext.offset + n * n);
      for (let i = 0; i < n; i++) dNext.data[dNext.offset + i * n + i] = 1;
      stack.back(t, n);
      const from = dPrevious.offset;
      for (let i = 0; i < n * n; i++) jacobians[t * n * n + i] = dPrevious.data[from + i];
    }
    return jacobians;
  }

  #check(parameters: View, inputs: Rows, initialState: ArrayLike<number> | undefined): void {
    const where = "Tracer.run";
    const { stack, options } = this;
    const { size } = stack.parameters;
    checkCount(where, "steps", inputs.rows, options.steps);
    if (parameters.rows !== 1 || parameters.columns !== size)
      throw new ShapeError(where, "parameters", [parameters.rows, parameters.columns], [1, size]);
    const tokens = isTokens(stack.inputs);
    if (isTokens(inputs) !== tokens)
      throw new ValueError(where, "inputs", kindOf(!tokens), `${kindOf(tokens)} (option tokens)`);
    const { inputSize } = options.cells[0];
    if (isTokens(inputs)) {
      for (let r = 0; r < inputs.rows; r++)
        checkCount(where, `token of row ${r}`, inputs.data[inputs.offset + r], inputSize - 1, 0);
    } else if (inputs.columns !== inputSize)
      throw new ShapeError(where, "inputs", [inputs.rows, inputs.columns], [inputs.rows, inputSize]);
    if (initialState && initialState.length !== stack.stateSize)
      throw new ShapeError(where, "initialState", [initialState.length], [stack.stateSize]);
  }
}

/** One sequence through a stack: makes a `Tracer` of the size and runs it once. @throws as `Tracer` does */
export function trace(
  options: Omit<TracerOptions, "steps" | "tokens" | "tokenTargets">,
  run: TraceRun,
): Trace {
  const { inputs, objective } = run;
  const targets = typeof objective === "object" ? objective.targets : undefined;
  const tracer = new Tracer({
    ...options,
    steps: inputs.rows,
    tokens: isTokens(inputs),
    tokenTargets: targets !== undefined && isTokens(targets),
  });
  return tracer.run(run);
}

function layoutOf({ cells, readout }: TracerOptions): Layout {
  return joinLayouts({
    ...Object.fromEntries(cells.map((cell, l) => [l, cell.parameters])),
    ...(readout && { readout: readout.parameters }),
  });
}

const kindOf = (tokens: boolean): string => (tokens ? "tokens" : "a matrix");

/** The rows of a matrix without gaps, as float64. */
function numbers({ data, offset, size }: View): Float64Array {
  return Float64Array.from(data.subarray(offset, offset + size));
}

/** Copies rows of a matrix into columns of a wider one. */
function gather(to: Float64Array, width: number, first: number, from: View, rows: number): void {
  for (let r = 0; r < rows; r++) {
    const start = from.offset + r * from.stride;
    for (let c = 0; c < from.columns; c++) to[r * width + first + c] = from.data[start + c];
  }
}

function copyRow(to: View, row: number, { data, offset, columns }: View): void {
  const start = to.offset + row * to.stride;
  for (let c = 0; c < columns; c++) to.data[start + c] = data[offset + c];
}
