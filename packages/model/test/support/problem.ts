import { Tokens, View } from "@unroll/kernels";
import { joinLayouts, type Layout, RandomState } from "@unroll/linalg";
import type { Reduction } from "@unroll/losses";
import type { Batch, Plan, SequenceModel } from "@unroll/model";
import { sequenceModel } from "@unroll/model";
import { elman } from "@unroll/rnn-cell";
import { type ComplexActivation, complexActivation } from "./complex-activations.ts";
import { type ComplexLoss, complexLoss } from "./complex-losses.ts";

/** Which steps count: all of them; all with weights, some 0; the last one; those whose target is not ignored. */
type Counted = "all" | "weighted" | "last" | "ignored";

export interface ProblemOptions {
  readonly T?: number;
  readonly B?: number;
  readonly inputs?: "dense" | "tokens";
  /** Hidden sizes from below. */
  readonly sizes?: readonly number[];
  readonly hidden?: string;
  readonly output?: string;
  readonly loss?: string;
  readonly reduction?: Reduction;
  readonly counted?: Counted;
  readonly bias?: boolean;
  readonly truncation?: Plan["truncation"];
  readonly seed?: number;
}

/** A model, a batch and states that it carries, all at random: everything that L depends on. */
export interface Problem {
  readonly T: number;
  readonly B: number;
  readonly m: number;
  readonly p: number;
  readonly sizes: readonly number[];
  readonly bias: boolean;
  readonly hidden: ComplexActivation;
  readonly output: ComplexActivation;
  readonly loss: ComplexLoss;
  readonly reduction: Reduction;
  readonly truncation: Plan["truncation"];
  readonly inputs: readonly (number | readonly number[])[];
  readonly targets: readonly (number | readonly number[])[];
  /** w of each row, 1 without weights; a row with an ignored target has 0. */
  readonly w: readonly number[];
  readonly weighted: boolean;
  /** By layer B×n, row by row. */
  readonly h_0: readonly Float64Array[];
  readonly seed: number;
}

export function problem(options: ProblemOptions = {}): Problem {
  const {
    T = 3,
    B = 2,
    inputs = "dense",
    sizes = [3],
    hidden = "tanh",
    output = "identity",
    loss = "softmaxCrossEntropy",
    reduction = "mean-over-steps",
    counted = "all",
    bias = true,
    truncation,
    seed = 1,
  } = options;
  const m = 2;
  const p = 3;
  const random = new RandomState(seed);
  const rows = Array.from({ length: T * B }, (_, r) => r);
  const twin = complexLoss(loss);
  const target = (): number | number[] => {
    if (twin.loss.targets === "tokens") return random.randint(0, p);
    return [...(twin.loss.targetRange ? random.rand(p) : random.randn(p))];
  };
  const weightOf = (r: number): number => {
    if (counted === "last") return r >= (T - 1) * B ? 1 : 0;
    if (counted === "weighted") return r % 4 === 1 ? 0 : 0.25 + random.random();
    return counted === "ignored" && r % 3 === 1 ? 0 : 1;
  };
  return {
    ...{ T, B, m, p, sizes, bias, reduction, truncation, seed },
    hidden: complexActivation(hidden),
    output: complexActivation(output),
    loss: twin,
    inputs: rows.map(() => (inputs === "tokens" ? random.randint(0, m) : [...random.randn(m)])),
    targets: rows.map(target),
    w: rows.map(weightOf),
    weighted: counted === "weighted" || counted === "last" || twin.loss.targets === "matrix",
    h_0: sizes.map((n) => random.randn(B * n).map((h) => 0.5 * h)),
  };
}

/** A float64 model for a problem, its parameters drawn from N(0, 0.6²). */
export function modelOf({
  m,
  p,
  sizes,
  bias,
  hidden,
  output,
  truncation,
  T,
  B,
  seed,
}: Problem): SequenceModel {
  const model = sequenceModel({
    inputs: m,
    cells: sizes.map((hiddenSize) => elman({ hiddenSize, activation: hidden.activation, bias })),
    outputs: p,
    readout: { activation: output.activation, bias },
    type: "float64",
  });
  if (truncation) model.reserve({ ...model.plan, steps: T, batch: B, truncation });
  setParameters(model, seed);
  return model;
}

export function setParameters(model: SequenceModel, seed: number): void {
  const { data, offset, columns } = model.parameters;
  data.set(
    new RandomState(seed + 1000).randn(columns).map((w) => 0.6 * w),
    offset,
  );
  model.parametersChanged();
}

/** The batch of a problem, which carries its h_0. A row of weight 0 has NaN for a target, or an ignored token. */
export function batchOf({ T, B, inputs, targets, w, weighted }: Problem): Batch {
  return {
    steps: T,
    batch: B,
    inputs: rowsOf(inputs),
    targets: rowsOf(
      targets.map((target, r) => {
        if (w[r] > 0) return target;
        return typeof target === "number" ? -1 : target.map(() => Number.NaN);
      }),
    ),
    weights: weighted ? new View(Float64Array.from(w), 0, w.length, 1) : undefined,
    carry: true,
  };
}

/** h_0 as the model restores it. */
export function statesOf({ B, sizes, h_0 }: Problem): View[] {
  return sizes.map((n, l) => new View(h_0[l], 0, B, n));
}

function rowsOf(values: readonly (number | readonly number[])[]): Tokens | View {
  if (typeof values[0] === "number") return new Tokens(Int32Array.from(values as number[]), 0, values.length);
  const rows = values as readonly (readonly number[])[];
  return new View(Float64Array.from(rows.flat()), 0, rows.length, rows[0].length);
}

/** Names of the parts of [parameters | h_0 of each layer], which the gradients here are laid out as. */
export function tensorsOf({ B, sizes }: Problem, { layout }: SequenceModel): Layout["slices"] {
  const states = sizes.map((n, l): [string, Layout] => [
    `layer ${l}`,
    { size: B * n, slices: { h_0: { offset: 0, rows: B, columns: n } } },
  ]);
  return joinLayouts({ model: layout, ...Object.fromEntries(states) }).slices;
}
