import type { SequenceModel } from "@unroll/model";
import type { Optimizer } from "@unroll/optim";
import type { Dataset, TrainingStepOptions } from "@unroll/train";
import type { RunPlan, RunResult, SampleEvent } from "../report/reporter.ts";
import type { Member } from "./member.ts";
import type { TrainingSettings } from "./settings.ts";

/** What a file of a run says besides the numbers. */
export interface RunRecord<Settings extends TrainingSettings = TrainingSettings> {
  readonly task: string;
  /** The data: what --data said, and the SHA-256 of what was read. */
  readonly data: string;
  readonly sha256: string;
  readonly settings: Settings;
}

/** What a task gives to be trained: the loop, its interruption and its files are the same for all. */
export interface Job {
  readonly record: RunRecord;
  /** What the file says besides: how to read new data. */
  readonly metadata: ReadonlyMap<string, string>;
  readonly plan: Pick<RunPlan, "data" | "about" | "details" | "network" | "loss" | "validation">;
  readonly optimizer: Optimizer;
  readonly step: TrainingStepOptions;
  /** Measurements on the validation part during the training of one network. */
  readonly evaluations: number;
  /** The parameters that count: those that did best on the validation part, or the last ones. */
  readonly keep: "best" | "last";
  /** Networks so far; the last one is in training. At least one. */
  readonly members: Member[];
  /** A network with this seed, before its first update. */
  begin(seed: number): Member;
  /** What a network with this seed learns from. */
  trainingData(seed: number): Dataset;
  /** The less the better. */
  validate(model: SequenceModel): Promise<number>;
  /** What the network says by itself, if it can. */
  sample?(model: SequenceModel, step: number): SampleEvent;
  /** The figures on the test part, all networks having the parameters that count. Undefined after `signal`. */
  score(members: readonly Member[], signal: AbortSignal): Promise<Score | undefined>;
  /** Said before scoring. */
  readonly scoring: string;
  /** Where the model goes. */
  readonly out: string;
  /** The command that goes on after an interruption. */
  readonly resume: string;
  readonly next: RunResult["next"];
}

/** A run of a task, new or read from its file, and where it goes: what a job is made of besides the data. */
export interface TaskRun<Settings extends TrainingSettings>
  extends Pick<Job, "optimizer" | "members" | "out" | "resume" | "next"> {
  readonly record: RunRecord<Settings>;
}

/** What came out of a run. */
export interface Score {
  /** The network to save. */
  readonly model: SequenceModel;
  /** The figures that its file keeps. */
  readonly figures: Readonly<Record<string, unknown>>;
  /** The figures for --json. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** The lines for people. */
  text(steps: number, seconds: number): string;
  readonly sample?: SampleEvent;
}
