import { UnsupportedError } from "@unroll/io";
import { FormatError } from "@unroll/kernels";
import type { BestFound } from "../best.ts";

/** Where in the data a training run stands: the `start` of `fit`, as its last event said. */
export interface Position {
  readonly epoch: number;
  readonly from: number;
}

/** What the metadata of a checkpoint says, as JSON under the key "training". */
export interface TrainingRecord extends Position {
  /** 2; files of version 1 have none, and neither best, generator, history nor settings. */
  readonly version: number;
  /** Name of the optimizer. */
  readonly optimizer: string;
  /** Its updates so far. */
  readonly step: number;
  readonly best?: (BestFound & { readonly misses: number }) | undefined;
  readonly settings?: unknown;
}

export const RECORD = "training";
export const VERSION = 2;

/**
 * @throws FormatError if it does not describe a run, UnsupportedError if a newer version wrote it
 */
export function parseRecord(text: string | undefined): TrainingRecord {
  let record: Partial<TrainingRecord> | null = null;
  try {
    record = JSON.parse(text ?? "null");
  } catch {
    // falls through: not a record
  }
  const { version = 1, optimizer, epoch, from, step, best, settings } = record ?? {};
  if (isCount(version) && version > VERSION) {
    const problem = `version ${version} of checkpoints, expected ${VERSION} or older`;
    throw new UnsupportedError("readCheckpoint", problem, 8, { version, newest: VERSION });
  }
  const counts = [version, epoch, from, step, ...(best ? [best.step, best.misses] : [])];
  if (typeof optimizer !== "string" || !counts.every(isCount) || (best && typeof best.loss !== "number"))
    throw new FormatError("readCheckpoint", `the metadata "${RECORD}" does not describe a run`, 8);
  return {
    version,
    optimizer,
    epoch: epoch as number,
    from: from as number,
    step: step as number,
    best: best && { step: best.step, loss: best.loss, misses: best.misses },
    settings,
  };
}

export function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
