import type { ChoiceControl, NumberControl, TextControl } from "./control.ts";
import type {
  CellName,
  ClipName,
  CutName,
  InitName,
  InputName,
  LabState,
  NormName,
  OptimizerName,
} from "./settings.ts";
import { MOST_UPDATES } from "./training/training-options.ts";

/** Every control of the page: label, range, default, and one sentence of help. Links and files are held to it, too. */
export interface Controls {
  readonly cell: ChoiceControl<CellName>;
  readonly hidden: NumberControl;
  readonly steps: NumberControl;
  readonly init: ChoiceControl<InitName>;
  readonly gain: NumberControl;
  readonly input: ChoiceControl<InputName>;
  readonly noise: NumberControl;
  readonly start: NumberControl;
  readonly text: TextControl;
  readonly norm: ChoiceControl<NormName>;
  readonly truncate: NumberControl;
  readonly cut: ChoiceControl<CutName>;
  readonly clip: ChoiceControl<ClipName>;
  readonly threshold: NumberControl;
  readonly optimizer: ChoiceControl<OptimizerName>;
  readonly rate: NumberControl;
  readonly speed: NumberControl;
  readonly seed: NumberControl;
  readonly trained: NumberControl;
}

export const controls: Controls = {
  cell: {
    kind: "choice",
    label: "Cell",
    help: "The function each unit applies to its sum; its slope multiplies every gradient that passes.",
    group: "cell",
    default: "tanh",
    choices: [
      { value: "linear", label: "linear", help: "No squashing: the gradient depends on the weights alone." },
      { value: "tanh", label: "tanh", help: "Squashes to -1 … 1; its slope is at most 1." },
      { value: "relu", label: "ReLU", help: "Cuts off below 0; its slope is 0 or 1." },
      { value: "sigmoid", label: "sigmoid", help: "Squashes to 0 … 1; its slope is at most ¼." },
    ],
  },
  hidden: {
    kind: "number",
    label: "Hidden units",
    help: "How many numbers the network remembers from step to step.",
    group: "cell",
    default: 32,
    minimum: 2,
    maximum: 128,
    increment: 1,
    integer: true,
    logarithmic: true,
    detents: [2, 16, 32, 64, 128],
  },
  steps: {
    kind: "number",
    label: "Steps",
    help: "How long the sequence is: the gradient of the last step has this far to go.",
    group: "steps",
    default: 40,
    minimum: 4,
    maximum: 200,
    increment: 1,
    integer: true,
    logarithmic: true,
    detents: [40],
  },
  init: {
    kind: "choice",
    label: "Weights",
    help: "How the recurrent weights are drawn before the gain multiplies them.",
    group: "init",
    default: "orthogonal",
    choices: [
      { value: "gaussian", label: "Gaussian", help: "Independent normal numbers of variance 1/n." },
      {
        value: "xavier",
        label: "Xavier",
        help: "Independent uniform numbers of variance 1/n, as Glorot and Bengio advise.",
      },
      { value: "identity", label: "identity", help: "Each unit keeps its own value." },
      { value: "orthogonal", label: "orthogonal", help: "A rotation: it changes no length." },
      { value: "sparse", label: "sparse", help: "Fifteen connections a unit, the rest zero." },
      {
        value: "x1",
        label: "X1: [1 1; -1 -1], wanders",
        help: "Spectral radius 0, and yet gradients explode.",
      },
      {
        value: "x2",
        label: "X2: [1 1; -1 -1], rests",
        help: "Spectral radius 0 at a point that does not move, and yet gradients explode.",
      },
      { value: "x4", label: "X4: [1 20; 0 1]", help: "Grows tenfold before it shrinks." },
    ],
  },
  gain: {
    kind: "number",
    label: "Gain",
    help: "Multiplies the recurrent weights.",
    group: "gain",
    default: 0.95,
    minimum: 0,
    maximum: 3,
    increment: 0.01,
    integer: false,
    logarithmic: false,
    detents: [0.8, 1, 1.25],
  },
  input: {
    kind: "choice",
    label: "Input",
    help: "What the network reads at each step, and so what it has to learn.",
    group: "advanced",
    default: "noise",
    choices: [
      {
        value: "noise",
        label: "noise",
        help: "Fresh noise for each unit; to be said at every step: the first noise.",
      },
      { value: "constant", label: "constant", help: "The same number for each unit at every step." },
      {
        value: "adding",
        label: "adding",
        help: "Random numbers, two of them marked; at the end, their sum.",
      },
      { value: "copy", label: "copy", help: "A few symbols, a long pause, and then the symbols again." },
      { value: "text", label: "text", help: "Characters; at every step, the next one." },
    ],
  },
  noise: {
    kind: "number",
    label: "Noise",
    help: "Standard deviation of the noise, or the constant.",
    group: "advanced",
    default: 0.1,
    minimum: 0,
    maximum: 3,
    increment: 0.01,
    integer: false,
    logarithmic: false,
    detents: [0, 0.1, 0.5, 1],
  },
  start: {
    kind: "number",
    label: "First state",
    help: "What every unit holds before the first step.",
    group: "advanced",
    default: 0,
    minimum: -1,
    maximum: 1,
    increment: 0.05,
    integer: false,
    logarithmic: false,
    detents: [0],
  },
  text: {
    kind: "text",
    label: "Text",
    help: "What is read when the input is text; empty for the beginning of Moby-Dick.",
    group: "advanced",
    default: "",
    maximumLength: 500,
  },
  norm: {
    kind: "choice",
    label: "Measure",
    help: "How the size of ∂h_t/∂h_k is measured.",
    group: "advanced",
    default: "spectral",
    choices: [
      { value: "spectral", label: "spectral norm", help: "The most that any gradient is stretched." },
      {
        value: "frobenius",
        label: "Frobenius norm / √n",
        help: "What a gradient of random direction is stretched by, as root mean square.",
      },
      {
        value: "loss",
        label: "loss gradient",
        help: "What the gradient of the loss at step t is stretched by.",
      },
    ],
  },
  truncate: {
    kind: "number",
    label: "Truncation",
    help: "How many steps each loss may reach back in training.",
    group: "training",
    default: 10,
    minimum: 1,
    maximum: 200,
    increment: 1,
    integer: true,
    logarithmic: true,
    detents: [],
    besides: { value: null, text: "off", isDefault: true },
  },
  cut: {
    kind: "choice",
    label: "Cuts",
    help: "Whether truncation gives every loss the same reach, or cuts the sequence into pieces.",
    group: "advanced",
    default: "sliding",
    choices: [
      { value: "sliding", label: "sliding", help: "Every loss reaches back the same number of steps." },
      {
        value: "chunked",
        label: "chunked",
        help: "A loss reaches back to the beginning of its piece, as with detach().",
      },
    ],
  },
  clip: {
    kind: "choice",
    label: "Clipping",
    help: "Whether a gradient that is too large is made smaller before the weights change.",
    group: "training",
    default: "off",
    choices: [
      { value: "off", label: "off", help: "The gradient is used as it is." },
      {
        value: "norm",
        label: "by norm",
        help: "Scaled down to the threshold: same direction, smaller step.",
      },
      {
        value: "value",
        label: "by value",
        help: "Every entry is held within ± the threshold: the direction bends.",
      },
    ],
  },
  threshold: {
    kind: "number",
    label: "Clip at",
    help: "The largest norm, or the largest entry, that passes.",
    group: "training",
    default: 1,
    minimum: 0.01,
    maximum: 10,
    increment: 0.01,
    integer: false,
    logarithmic: true,
    detents: [0.1, 1],
  },
  optimizer: {
    kind: "choice",
    label: "Optimizer",
    help: "How the gradient changes the weights.",
    group: "training",
    default: "sgd",
    choices: [
      { value: "sgd", label: "SGD", help: "A step against the gradient." },
      { value: "momentum", label: "momentum 0.9", help: "Steps gather speed." },
      { value: "adam", label: "Adam", help: "Every weight gets a step of about the same size." },
    ],
  },
  rate: {
    kind: "number",
    label: "Learning rate",
    help: "How far each update goes.",
    group: "training",
    default: 0.01,
    minimum: 0.00001,
    maximum: 10,
    increment: 0.001,
    integer: false,
    logarithmic: true,
    detents: [0.001, 0.01, 0.1, 1],
  },
  speed: {
    kind: "number",
    label: "Speed",
    help: "Updates per second while training plays.",
    group: "training",
    default: 20,
    minimum: 1,
    maximum: 1000,
    increment: 1,
    integer: true,
    logarithmic: true,
    detents: [1, 20, 100, 1000],
    besides: { value: "max", text: "max", isDefault: false },
  },
  seed: {
    kind: "number",
    label: "Seed",
    help: "The same seed gives the same weights, inputs and numbers everywhere.",
    group: "advanced",
    default: 7,
    minimum: 0,
    maximum: 4294967295,
    increment: 1,
    integer: true,
    logarithmic: false,
    detents: [],
  },
  trained: {
    kind: "number",
    label: "Updates",
    help: "How often training has changed the weights.",
    group: "training",
    default: 0,
    minimum: 0,
    maximum: MOST_UPDATES,
    increment: 1,
    integer: true,
    logarithmic: false,
    detents: [],
  },
};

/** What the lab opens with: the first values of all controls, nothing selected, nothing hidden. */
export const defaults: LabState = {
  cell: controls.cell.default,
  hidden: controls.hidden.default,
  steps: controls.steps.default,
  init: controls.init.default,
  gain: controls.gain.default,
  input: controls.input.default,
  noise: controls.noise.default,
  start: controls.start.default,
  text: controls.text.default,
  norm: controls.norm.default,
  truncate: null,
  cut: controls.cut.default,
  clip: controls.clip.default,
  threshold: controls.threshold.default,
  optimizer: controls.optimizer.default,
  rate: controls.rate.default,
  seed: controls.seed.default,
  trained: controls.trained.default,
  story: null,
  card: 1,
  t: null,
  k: null,
  map: "measured",
  pin: null,
  speed: controls.speed.default,
  hide: [],
  embed: false,
};

/** What a screen below 700 px opens with: less to compute and to show. */
export const phoneDefaults: LabState = { ...defaults, hidden: 16, steps: 30 };
