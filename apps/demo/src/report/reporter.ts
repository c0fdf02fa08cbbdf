/** What a training run is about to do. */
export interface RunPlan {
  /** Name of the text: `moby-dick`, or its file. */
  readonly data: string;
  readonly characters: { readonly train: number; readonly validation: number; readonly test: number };
  readonly vocabularySize: number;
  /** The network in words: `elman 128`. */
  readonly network: string;
  readonly parameters: number;
  readonly seed: number;
  /** Steps already done in the run that is resumed. */
  readonly startStep: number;
  readonly totalSteps: number;
  /** Where the model will be saved. */
  readonly out: string;
}

/** One training step. The loss is in nats per character. */
export interface StepEvent {
  /** Steps done, this one included. */
  readonly step: number;
  readonly epoch: number;
  readonly loss: number;
  /** Norm of the gradient before clipping. */
  readonly gradientNorm: number;
  /** Norm after clipping. */
  readonly clippedNorm: number;
  readonly learningRate: number;
}

/** A measurement on the validation text. */
export interface EvaluationEvent {
  readonly step: number;
  readonly bitsPerCharacter: number;
  readonly best: boolean;
}

/** Text that the network wrote by itself. */
export interface SampleEvent {
  readonly step: number;
  readonly prompt: string;
  readonly text: string;
}

export interface Baseline {
  readonly name: string;
  readonly bitsPerCharacter: number;
}

/** What came out. */
export interface RunResult {
  readonly steps: number;
  readonly seconds: number;
  readonly validation: number;
  readonly test: number;
  readonly baselines: readonly Baseline[];
  readonly out: string;
  readonly sample: SampleEvent;
  /** Commands to try next, with what they do. */
  readonly next: readonly (readonly [command: string, does: string])[];
}

/** What was saved when a run was interrupted. */
interface Interruption {
  readonly step: number;
  readonly out: string;
  /** The command that goes on. */
  readonly resume: string;
}

/** Shows a training run. Results go to stdout, everything else to stderr. */
export interface Reporter {
  started(plan: RunPlan): void;
  stepped(event: StepEvent): void;
  evaluated(event: EvaluationEvent): void;
  sampled(event: SampleEvent): void;
  /** A line about what is going on besides the steps. */
  note(text: string): void;
  finished(result: RunResult): void;
  interrupted(event: Interruption): void;
  /** Leaves the terminal in order, whatever happened. May be called twice. */
  close(): void;
}
