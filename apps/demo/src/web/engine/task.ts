import type { SequenceModel } from "@unroll/model";
import type { Job, Score } from "../../training/job.ts";
import type { Recipe } from "./course.ts";
import type { Given } from "./messages.ts";

/** A model file as a task reads it. */
export interface OpenedFile<Model> {
  readonly about: Model;
  readonly model: SequenceModel;
  /** The rest of an interrupted run; none if the run is finished, or its data is not the data that is there. */
  readonly recipe?: Recipe | undefined;
}

/** What differs from task to task. All that can be wrong with data and files is thrown, as a DataError. */
export interface Task<Asked, Data, Model> {
  /** Takes data to learn from, and tells about it. */
  takeData(given: Given): Promise<Data>;
  /** A new run on the data; with `from`, its weights are where it starts. */
  begin(settings: object, from: "seed" | "model"): Recipe;
  open(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<OpenedFile<Model>>;
  /** About the network of a run, and from now on uses it: `score` says what it reached, if it is done. */
  use(job: Job, score?: Score): Model;
  /** Uses the network of a file. */
  useFile(file: OpenedFile<Model>): void;
  /** The training loss in the unit it is shown in. */
  lossOf(loss: number): number;
  /** Does what the page asked, now and later; answers by `answer`. */
  ask(asked: Asked): void;
  /** The name of a saved file. */
  fileName(job: Job): string;
}
