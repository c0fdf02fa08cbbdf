/** What determines every number of the lab. The same settings give the same bits in the page and in the terminal. */
export interface Settings {
  /** σ of the Elman cell h_t = σ(W_hh h_{t-1} + W_xh x_t + b_h). */
  readonly cell: CellName;
  /** n: units of the hidden state. */
  readonly hidden: number;
  /** T: steps of the sequence. */
  readonly steps: number;
  /** How W_hh is drawn, or a named matrix of a counterexample, which brings its bias and its first state. */
  readonly init: InitName;
  /** Factor of W_hh. */
  readonly gain: number;
  /** What the network reads, and with it what it has to learn. */
  readonly input: InputName;
  /** Standard deviation of the noise, or the value of the constant input. */
  readonly noise: number;
  /** Every component of h_0, unless the init brings its own. */
  readonly start: number;
  /** The sentence read when `input` is "text"; "" for the built-in one. */
  readonly text: string;
  /** Which norm of ∂h_t/∂h_k the measured map shows. */
  readonly norm: NormName;
  /** K: truncated back-propagation reaches back K steps; null for all. */
  readonly truncate: number | null;
  /** How truncation cuts: every loss reaches back K steps, or the sequence falls into pieces of K steps. */
  readonly cut: CutName;
  readonly clip: ClipName;
  /** θ of clipping by norm, or the limit of clipping by value. */
  readonly threshold: number;
  readonly optimizer: OptimizerName;
  readonly rate: number;
  /** Seed of the weights, the sequence shown and the training data. */
  readonly seed: number;
  /** Training updates made before what is shown. */
  readonly trained: number;
}

export type CellName = "linear" | "tanh" | "relu" | "sigmoid";
export type InitName = "gaussian" | "xavier" | "identity" | "orthogonal" | "sparse" | "x1" | "x2" | "x4";
export type InputName = "noise" | "constant" | "adding" | "copy" | "text";
/** "frobenius" is ‖Φ‖_F/√n; "loss" is ‖Φᵀe_t‖/‖e_t‖ for the gradient e_t of the loss at step t. All are 1 at lag 0. */
export type NormName = "spectral" | "frobenius" | "loss";
export type CutName = "sliding" | "chunked";
export type ClipName = "off" | "norm" | "value";
export type OptimizerName = "sgd" | "momentum" | "adam";

/** What the page shows of it; changes no number. */
interface ViewState {
  /** The story told, by its number, and its step from 1; null for none. */
  readonly story: number | null;
  readonly card: number;
  /** The selected cell of the map: steps from 1, k ≤ t; null follows the last step and the first. */
  readonly t: number | null;
  readonly k: number | null;
  readonly map: MapMode;
  /** A, the pinned settings that the present ones, B, are compared with. */
  readonly pin: Settings | null;
  /** Training updates per second; "max" for as many as go. */
  readonly speed: number | "max";
  /** Groups of controls that a teacher hides. */
  readonly hide: readonly ControlGroup[];
  /** Only the picture and the sentence, for a frame in another page. */
  readonly embed: boolean;
}

export type MapMode = "measured" | "bound" | "ratio" | "loss" | "share" | "difference";
export type ControlGroup = "gain" | "cell" | "init" | "steps" | "training" | "advanced" | "story";

/** Everything a link says. Immutable: a change is a new state. */
export interface LabState extends Settings, ViewState {}

/** The part of a state that determines numbers. */
export function settingsOf(state: Settings): Settings {
  const { cell, hidden, steps, init, gain, input, noise, start, text, norm } = state;
  const { truncate, cut, clip, threshold, optimizer, rate, seed, trained } = state;
  const network = { cell, hidden, steps, init, gain, input, noise, start, text, norm };
  return { ...network, truncate, cut, clip, threshold, optimizer, rate, seed, trained };
}
