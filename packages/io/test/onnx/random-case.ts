import { activationNamed } from "@unroll/activations";
import { type ElementType, load, Tokens, View } from "@unroll/kernels";
import { RandomState } from "@unroll/linalg";
import { type SequenceModel, States, sequenceModel } from "@unroll/model";
import { elman } from "@unroll/rnn-cell";

/** What RNN nodes of ONNX can have, and what can stand at the end of a graph. */
export const CELL_ACTIVATIONS: readonly string[] = [
  "tanh",
  "relu",
  "sigmoid",
  "softsign",
  "softplus",
  "identity",
  "hardTanh",
  "hardSigmoid",
  "leakyRelu(0.2)",
  "elu(0.7)",
];
export const READOUT_ACTIVATIONS: readonly string[] = [
  ...CELL_ACTIVATIONS,
  "selu",
  "silu",
  "gelu",
  "softmax",
  "logSoftmax",
];

/** A model with something to run it on. */
export interface Case {
  readonly model: SequenceModel;
  readonly tokens: boolean;
  readonly steps: number;
  readonly batch: number;
  readonly inputs: Tokens | View;
  /** h_0 of each layer, B×n. */
  readonly initial: readonly View[];
}

/** A model, inputs and states of random sizes. The same seed gives the same case, in float64 with the same numbers. */
export function randomCase(seed: number, type: ElementType = "float32"): Case {
  const random = new RandomState(seed);
  const pick = <T>(list: readonly T[]): T => list[random.randint(0, list.length)] as T;
  const layers = random.randint(1, 4);
  const inputs = random.randint(1, 8);
  const cells = Array.from({ length: layers }, () =>
    elman({
      hiddenSize: random.randint(1, 12),
      activation: activationNamed(pick(CELL_ACTIVATIONS)),
      bias: random.randint(0, 4) > 0,
    }),
  );
  const model = sequenceModel({
    inputs,
    cells,
    outputs: random.randint(1, 7),
    readout: { activation: activationNamed(pick(READOUT_ACTIVATIONS)), bias: random.randint(0, 4) > 0 },
    type,
  });
  // Rounded to float32, so that both types begin with the same numbers.
  const { data, offset, size } = model.parameters;
  for (let i = 0; i < size; i++) data[offset + i] = Math.fround(random.normal(0, 0.3));
  model.parametersChanged();

  const tokens = random.randint(0, 2) === 1;
  const [steps, batch] = [random.randint(1, 9), random.randint(1, 5)];
  const matrix = (rows: number, columns: number): View => {
    const numbers = Array.from({ length: rows * columns }, () => Math.fround(random.normal()));
    return new View(
      type === "float32" ? Float32Array.from(numbers) : Float64Array.from(numbers),
      0,
      rows,
      columns,
    );
  };
  const rows = tokens
    ? new Tokens(
        Int32Array.from({ length: steps * batch }, () => random.randint(0, inputs)),
        0,
        steps * batch,
      )
    : matrix(steps * batch, inputs);
  const initial = model.cells.map(({ outputSize }) => matrix(batch, outputSize));
  return { model, tokens, steps, batch, inputs: rows, initial };
}

/** What a model makes of a case: the outputs, and the final states of all layers one behind the other. */
export function outputsOf({ model, steps, batch, inputs, initial }: Case): {
  outputs: number[];
  states: number[];
} {
  const states = new States(model);
  states.restore(initial);
  const outputs = model.run(inputs, { steps, batch, carry: true, states });
  return { outputs: numbersOf(outputs), states: states.save().flatMap(numbersOf) };
}

function numbersOf(view: View): number[] {
  const dense = new View(new Float64Array(view.size), 0, view.rows, view.columns);
  load(dense, view);
  return Array.from(dense.data);
}
