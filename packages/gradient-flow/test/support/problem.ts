import { type Activation, tanh } from "@unroll/activations";
import { type TraceRun, Tracer } from "@unroll/gradient-flow";
import { View } from "@unroll/kernels";
import { RandomState } from "@unroll/linalg";
import { type Cell, elmanCell, linearReadout, type Readout } from "@unroll/rnn-cell";

export interface ProblemOptions {
  readonly T?: number;
  readonly m?: number;
  readonly sizes?: readonly number[];
  readonly outputs?: number;
  readonly activation?: Activation;
  readonly cells?: readonly Cell[];
  readonly type?: "float32" | "float64";
  readonly seed?: number;
  /** Standard deviation of all parameters. */
  readonly sd?: number;
}

/** A stack with random parameters, inputs and h_0, and the loss ½‖o‖² + cᵀo at every step. */
export interface Problem {
  readonly T: number;
  readonly m: number;
  readonly p: number;
  readonly cells: readonly Cell[];
  readonly readout: Readout;
  readonly tracer: Tracer;
  readonly run: TraceRun;
  readonly initialState: Float64Array;
  readonly c: Float64Array;
}

export function problem(options: ProblemOptions = {}): Problem {
  const { T = 6, m = 2, sizes = [4], outputs: p = 3, activation = tanh, seed = 1, sd = 0.5, type } = options;
  const random = new RandomState(seed);
  const cells =
    options.cells ??
    sizes.map((hiddenSize, l) =>
      elmanCell({ inputSize: l === 0 ? m : sizes[l - 1], hiddenSize, activation }),
    );
  const readout = linearReadout({ inputSize: cells[cells.length - 1].outputSize, outputSize: p });
  const size = [...cells, readout].reduce((sum, { parameters }) => sum + parameters.size, 0);
  const n = cells.reduce((sum, { stateSize }) => sum + stateSize, 0);
  const parameters = new View(
    random.randn(size).map((x) => sd * x),
    0,
    1,
    size,
  );
  const inputs = new View(random.randn(T * m), 0, T, m);
  const initialState = random.randn(n).map((x) => 0.3 * x);
  const c = random.randn(T * p);
  const tracer = new Tracer({ cells, readout, steps: T, type });
  const run: TraceRun = {
    parameters,
    inputs,
    initialState,
    objective: (outputs, dOutputs) => {
      for (let i = 0; i < T * p; i++)
        dOutputs.data[dOutputs.offset + i] = outputs.data[outputs.offset + i] + c[i];
    },
  };
  return { T, m, p, cells, readout, tracer, run, initialState, c };
}
