import { readModel, readSafetensors, type Tensor, tensorOf, writeModel } from "@unroll/io";
import { UnrollError, View } from "@unroll/kernels";
import { locate } from "@unroll/linalg";
import type { SequenceModel } from "@unroll/model";
import type { Optimizer } from "@unroll/optim";
import { readCheckpoint, writeCheckpoint } from "@unroll/train";
import { DataError } from "../errors.ts";
import { Best } from "./best.ts";
import type { Job, RunRecord } from "./job.ts";
import type { Member } from "./member.ts";
import { optimizerOf } from "./optimizer.ts";
import { layerSizes, type TrainingSettings } from "./settings.ts";

/** An interrupted run as its file has it. */
export interface UnfinishedRun<Settings extends TrainingSettings> {
  readonly record: RunRecord<Settings>;
  readonly metadata: ReadonlyMap<string, string>;
  readonly optimizer: Optimizer;
  readonly members: Member[];
}

/** What of a job goes into its file. */
type Saved = Pick<Job, "record" | "metadata" | "members" | "optimizer">;

const BEST = "best.";

/** A finished run as a model file. */
export function modelBytes(
  model: SequenceModel,
  { record, metadata }: Pick<Saved, "record" | "metadata">,
  figures: object,
): Uint8Array {
  const texts = new Map(metadata).set("run", JSON.stringify(record));
  return writeModel(model, { metadata: texts.set("figures", JSON.stringify(figures)) });
}

/** An interrupted run as a model file that also holds all it needs to go on with the same bits. */
export function checkpointBytes({ record, metadata, members, optimizer }: Saved): Uint8Array {
  const { model, position } = members.at(-1)!;
  const best = members.map(({ best: { step, value } }) => (step > 0 ? { step, value } : {}));
  const texts = new Map(metadata).set("run", JSON.stringify(record)).set("best", JSON.stringify(best));
  const tensors = new Map<string, Tensor>();
  for (const [i, member] of members.entries())
    if (member.best.step > 0) tensors.set(BEST + i, tensorOf(member.best.parameters));
  return writeCheckpoint(model, { optimizer, position, metadata: texts, tensors });
}

/**
 * What `checkpointBytes` wrote. `parse` gives the settings of the task, or undefined.
 * @throws DataError if the bytes hold something other than an interrupted run of this task
 */
export function unfinishedRunIn<Settings extends TrainingSettings>(
  path: string,
  bytes: Uint8Array,
  task: string,
  parse: (settings: unknown) => Settings | undefined,
): UnfinishedRun<Settings> {
  return inFile(path, task, () => {
    const { metadata, tensors } = readSafetensors(bytes);
    const record = recordOf(path, bytes, metadata, task, parse);
    const optimizer = optimizerOf(record.settings);
    const { model, position } = readCheckpoint(bytes, optimizer);
    checkFinite(path, model);
    const found = JSON.parse(metadata.get("best") ?? "[]") as Partial<Best>[];
    checkFits(path, model, record.settings, found.length);
    const members = found.map(({ step = 0, value = 0 }, i): Member => {
      const last = i === found.length - 1;
      // A network that is done has the same parts, and parameters of its own.
      const own = last ? model : readModel(bytes).model;
      const best = new Best(own);
      const parameters = tensors.get(BEST + i);
      if (step > 0 && parameters?.data.length === model.parameters.size) {
        const data = Float32Array.from(parameters.data as Float32Array);
        best.keep(new View(data, 0, 1, data.length), step, value);
      } else if (!last) throw new DataError(path, `the parameters of network ${i + 1} are missing`);
      return { seed: record.settings.seed + i, model: own, best, position };
    });
    return { record, metadata, optimizer, members };
  });
}

/** The record of an unfinished run. @throws DataError if there is none, it is of another task, or the run is finished */
function recordOf<Settings extends TrainingSettings>(
  path: string,
  bytes: Uint8Array,
  metadata: ReadonlyMap<string, string>,
  task: string,
  parse: (settings: unknown) => Settings | undefined,
): RunRecord<Settings> {
  const record = recordIn(metadata, task, parse);
  if (!record) {
    readModel(bytes); // says what is wrong with a file of quite another kind
    throw new DataError(path, `holds no run of train ${task}`, { expected: "an interrupted run" });
  }
  if (!metadata.has("training"))
    throw new DataError(
      path,
      `the run is finished after ${record.settings.updates} updates, nothing is left to do`,
      { expected: "an interrupted run" },
      "Start another one with more --updates.",
    );
  return record;
}

/** What a file says of its run, or undefined if it is not one of this task. */
export function recordIn<Settings extends TrainingSettings>(
  metadata: ReadonlyMap<string, string>,
  task: string,
  parse: (settings: unknown) => Settings | undefined,
): RunRecord<Settings> | undefined {
  const record = JSON.parse(metadata.get("run") ?? "null") as Partial<RunRecord> | null;
  const { data, sha256 } = record ?? {};
  const settings = record?.task === task ? parse(record.settings) : undefined;
  const whole = settings && typeof data === "string" && typeof sha256 === "string";
  return whole ? { task, data, sha256, settings } : undefined;
}

function checkFits(path: string, model: SequenceModel, settings: TrainingSettings, members: number): void {
  const { batch, updates, seeds } = settings;
  const sizes = model.cells.map(({ outputSize }) => outputSize);
  const rows = model.saveStates().map((state) => state.rows);
  const step = model.optimizerState?.step ?? 0;
  const fits = sizes.join() === layerSizes(settings).join();
  const counted = members >= 1 && members <= seeds && step <= updates;
  if (!fits || !counted || rows.some((row) => row > batch))
    throw new DataError(path, "the settings of the run do not fit its numbers", {
      sizes,
      rows,
      step,
      members,
    });
}

/** @throws DataError at the first parameter that is NaN or infinite */
export function checkFinite(path: string, model: SequenceModel): void {
  const bad = model.kernels.firstNonFinite(model.parameters);
  if (bad < 0) return;
  const { name, row, column } = locate(model.layout, bad);
  throw new DataError(path, `${name}[${row}, ${column}] is not a finite number`, { name, row, column });
}

/** What goes wrong while a file is read is the file's fault, and says its name. */
export function inFile<T>(path: string, task: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (UnrollError.is(error) && error.code !== "memory")
      throw new DataError(path, error.message, error.details, `Expected a file that train ${task} saved.`);
    if (error instanceof SyntaxError) throw new DataError(path, `its metadata is no JSON: ${error.message}`);
    throw error;
  }
}
