/** A number that a run watches: what it is counted in, and how it is written. */
interface Measure {
  /** `bits/char`. */
  readonly unit: string;
  text(value: number): string;
}

/** What a training run is about to do. */
export interface RunPlan {
  /** `text`, `series`, … */
  readonly task: string;
  /** Name of the data: `moby-dick`, or its file. */
  readonly data: string;
  /** What is learned from, validated and tested on, in words: what stands behind the name. */
  readonly about: string;
  /** The same for machines. */
  readonly details: Readonly<Record<string, unknown>>;
  /** The network in words: `elman 128`. */
  readonly network: string;
  readonly parameters: number;
  readonly seed: number;
  /** Steps already done in the run that is resumed. */
  readonly startStep: number;
  readonly totalSteps: number;
  /** The loss of training steps. */
  readonly loss: Measure;
  /** What is measured on the validation part, the less the better, and its name in JSON. */
  readonly validation: Measure & { readonly key: string };
  /** Where the model will be saved. */
  readonly out: string;
}

/** One training step. */
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

/** A measurement on the validation part. */
export interface EvaluationEvent {
  readonly step: number;
  readonly value: number;
  readonly best: boolean;
}

/** Text that the network wrote by itself. */
export interface SampleEvent {
  readonly step: number;
  readonly prompt: string;
  readonly text: string;
}

/** What came out. */
export interface RunResult {
  readonly steps: number;
  readonly seconds: number;
  /** The figures as lines, for people. */
  readonly text: string;
  /** The figures for machines. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly out: string;
  readonly sample?: SampleEvent | undefined;
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
