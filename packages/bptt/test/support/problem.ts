import { Tokens, View } from "@unroll/kernels";
import { joinLayouts, type Layout, RandomState } from "@unroll/linalg";
import { type Cell, elmanCell } from "@unroll/rnn-cell";
import { type ComplexActivation, complexActivation } from "./complex-activations.ts";

/** An Elman stack with everything that its gradients depend on, at random. */
export interface Problem {
  readonly T: number;
  readonly B: number;
  readonly m: number;
  readonly layers: readonly {
    readonly n: number;
    readonly bias: boolean;
    readonly sigma: ComplexActivation;
  }[];
  readonly cells: readonly Cell[];
  readonly layout: Layout;
  readonly parameters: Float64Array;
  /** T·B×m, row by row; or the tokens. */
  readonly inputs: Float64Array;
  readonly tokens: Int32Array | undefined;
  /** h_0 of each layer, B×n. */
  readonly initialStates: readonly Float64Array[];
  /** L = Σ_t Σ_b ½‖h_tb‖² + c_tbᵀ h_tb over the top layer + Σ_l Σ_b d_lbᵀ h^l_Tb. */
  readonly c: Float64Array;
  readonly d: readonly Float64Array[];
}

export interface ProblemOptions {
  readonly T?: number;
  readonly B?: number;
  readonly m?: number;
  /** Hidden sizes from below. */
  readonly sizes?: readonly number[];
  readonly activation?: string;
  readonly bias?: boolean;
  readonly tokens?: boolean;
  readonly seed?: number;
}

export function problem(options: ProblemOptions = {}): Problem {
  const {
    T = 6,
    B = 2,
    m = 2,
    sizes = [3],
    activation = "tanh",
    bias = true,
    tokens = false,
    seed = 1,
  } = options;
  const random = new RandomState(seed);
  const layers = sizes.map((n) => ({ n, bias, sigma: complexActivation(activation) }));
  const cells = layers.map(({ n, sigma }, l) =>
    elmanCell({ inputSize: sizes[l - 1] ?? m, hiddenSize: n, activation: sigma.activation, bias }),
  );
  const layout = joinLayouts(Object.fromEntries(cells.map((cell, l) => [l, cell.parameters])));
  const top = sizes[sizes.length - 1];
  return {
    ...{ T, B, m, layers, cells, layout },
    parameters: random.randn(layout.size).map((w) => 0.7 * w),
    inputs: random.randn(T * B * m),
    tokens: tokens ? Int32Array.from({ length: T * B }, () => random.randint(0, m)) : undefined,
    initialStates: sizes.map((n) => random.randn(B * n)),
    c: random.randn(T * B * top),
    d: sizes.map((n) => random.randn(B * n)),
  };
}

/** The inputs as the network gets them. */
export function rowsOf({ T, B, m, inputs, tokens }: Problem): View | Tokens {
  return tokens ? new Tokens(tokens, 0, T * B) : new View(inputs, 0, T * B, m);
}

/** Names of the parts of [parameters | inputs | h_0 of each layer], which all gradients here are laid out as. */
export function tensorsOf({ T, B, m, layers, layout, tokens }: Problem): Layout["slices"] {
  const parts = { parameters: layout, inputs: flat(tokens ? 0 : T * B, m) };
  const states = Object.fromEntries(layers.map(({ n }, l) => [`h_0 of layer ${l}`, flat(B, n)]));
  return joinLayouts({ ...parts, ...states }).slices;
}

const flat = (rows: number, columns: number): Layout => ({
  size: rows * columns,
  slices: { all: { offset: 0, rows, columns } },
});
