import type { InitName, Settings } from "../../settings.ts";
import { PASSAGE } from "../../tasks/passage.ts";
import type { Uses } from "./uses.ts";

const INPUTS: Readonly<Record<Settings["input"], string>> = {
  noise: "n",
  constant: "1",
  adding: "2",
  copy: "10",
  text: "vocabulary.size",
};
const OUTPUTS: Readonly<Record<Settings["input"], string>> = {
  noise: "1",
  constant: "1",
  adding: "1",
  copy: "9",
  text: "vocabulary.size",
};

/** Sizes, random numbers, and the network as it is drawn. */
export function networkLines(settings: Settings, uses: Uses): string[] {
  const { hidden, steps, seed, input, text, cell } = settings;
  const activation = cell === "linear" ? "identity" : cell;
  // Two things are called identity: an activation and an initializer.
  uses.from("activations", activation === "identity" ? "identity as linear" : activation);
  uses.from("linalg", "RandomState", "glorotUniform", "zeros");
  uses.from("model", "SequenceModel");
  uses.from("rnn-cell", "elmanCell", "linearReadout");
  const { W_hh, b_h } = recurrenceOf(settings, uses);
  const W_xh = input === "noise" ? "identity()" : input === "constant" ? "constant(1)" : "glorotUniform()";
  if (input === "noise") uses.from("linalg", "identity");
  if (input === "constant") uses.from("linalg", "constant");
  const vocabulary =
    input === "text"
      ? [
          `const text = ${JSON.stringify(`${text === "" ? PASSAGE : text} `)};`,
          "const vocabulary = vocabularyOf(text);",
          "const tokens = vocabulary.encode(text);",
        ]
      : [];
  if (input === "text") uses.from("train", "vocabularyOf");
  return [
    `const [n, T, seed] = [${hidden}, ${steps}, ${seed}];`,
    ...vocabulary,
    "/** Weights, sequence and training have random numbers of their own. */",
    "const stream = (place: number, index = 0) => new RandomState((seed + place * 0x9e3779b9 + index) >>> 0);",
    "const model = new SequenceModel({",
    '  type: "float64",',
    "  cells: [",
    "    elmanCell({",
    `      inputSize: ${INPUTS[input]},`,
    "      hiddenSize: n,",
    `      activation: ${activation === "identity" ? "linear" : activation},`,
    "      initializers: {",
    `        W_hh: (target) => ${W_hh},`,
    `        W_xh: (target) => ${W_xh}(target, stream(1)),`,
    `        b_h: ${b_h},`,
    "      },",
    "    }),",
    "  ],",
    "  readout: linearReadout({",
    "    inputSize: n,",
    `    outputSize: ${OUTPUTS[input]},`,
    "    initializers: { W_hy: (target) => glorotUniform()(target, stream(2)), b_y: zeros },",
    "  }),",
    "});",
    "model.initialize(stream(0));",
  ];
}

/** W_hh and b_h as code. */
function recurrenceOf({ init, gain, hidden }: Settings, uses: Uses): { W_hh: string; b_h: string } {
  const numbers = (values: readonly (string | number)[]): string =>
    `target.data.set([${values.join(", ")}], target.offset)`;
  if (NAMED[init]) {
    const { W_hh, b_h } = NAMED[init];
    if (init === "x2") uses.from("kernels", "elementary64");
    const bias = b_h ? `(target) => ${numbers(b_h)}` : "zeros";
    return { W_hh: numbers(W_hh.map((value) => `${gain} * ${value}`)), b_h: bias };
  }
  const perUnit = Math.min(15, hidden);
  const makers: Readonly<Record<string, readonly [string, string]>> = {
    gaussian: ["gaussian", `{ sd: ${gain} / Math.sqrt(n) }`],
    xavier: ["glorotUniform", `{ gain: ${gain} }`],
    identity: ["identity", `{ gain: ${gain} }`],
    orthogonal: ["orthogonal", `{ gain: ${gain} }`],
    sparse: ["sparse", `{ perUnit: ${perUnit}, sd: ${gain} / Math.sqrt(${perUnit}) }`],
  };
  const [name, options] = makers[init];
  uses.from("linalg", name);
  return { W_hh: `${name}(${options})(target, stream(0))`, b_h: "zeros" };
}

const NAMED: Readonly<
  Partial<Record<InitName, { readonly W_hh: readonly number[]; readonly b_h?: readonly (string | number)[] }>>
> = {
  x1: { W_hh: [3, 3, -3, -3], b_h: [-1.6, 3.7] },
  x2: { W_hh: [8, 8, -8, -8], b_h: [-4, "4 + elementary64.log(3) / 2"] },
  x4: { W_hh: [0.5, 10, 0, 0.5] },
};
