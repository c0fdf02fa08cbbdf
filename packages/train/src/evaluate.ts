import { NonFiniteError, ValueError } from "@unroll/kernels";
import type { Loss } from "@unroll/losses";
import { type SequenceModel, States } from "@unroll/model";
import { checkData } from "./check-data.ts";
import type { Dataset } from "./data/index.ts";
import { knownOptions } from "./data/options.ts";
import { nonFiniteLoss } from "./non-finite.ts";
import { Turns } from "./pause.ts";
import { inThread, type Work, type Workers } from "./workers/work.ts";

export interface EvaluateOptions {
  /** Who does the arithmetic, from "@unroll/train/workers"; this thread unless given. */
  readonly workers?: Workers | undefined;
  /** Stops between two batches; the result is then undefined. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The mean loss Σ w ℓ / Σ w over epoch 0 of a data set, forward only, states carried as the data set says. Divide a
 * cross-entropy by ln 2 for bits. What training carries is not touched.
 * @returns undefined if aborted
 * @throws OptionError if the data set has other sizes than the model, NonFiniteError if a loss is NaN or infinite,
 * ValueError if no step counts; what `SequenceModel.evaluate` throws
 */
export async function evaluate(
  model: SequenceModel,
  data: Dataset,
  loss: Loss,
  options: EvaluateOptions = {},
): Promise<number | undefined> {
  knownOptions("evaluate", options, ["signal", "workers"]);
  checkData("evaluate", "data", data, model);
  const { steps, batch } = data;
  const work = (await options.workers?.start(model, loss, { steps, batch })) ?? inThread(model);
  try {
    return await evaluateBy(work, model, data, loss, options.signal);
  } finally {
    await work.end();
  }
}

/** `evaluate` by workers that have begun. */
export async function evaluateBy(
  work: Work,
  model: SequenceModel,
  data: Dataset,
  loss: Loss,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  const states = new States(model);
  const turns = new Turns();
  let sum = 0;
  let weight = 0;
  let index = 0;
  for (const batch of data.batches(0)) {
    if (signal?.aborted) return undefined;
    const part = await work.evaluate(batch, loss, states);
    if (!Number.isFinite(part.sum)) {
      const details = { batch: index };
      const found = nonFiniteLoss("evaluate", model, batch, details);
      throw found ?? new NonFiniteError("evaluate", "sum of losses", part.sum, details);
    }
    sum += part.sum;
    weight += part.weight;
    index++;
    if (turns.due) await turns.pause();
  }
  if (!(weight > 0)) throw new ValueError("evaluate", "weight of all steps", weight, "a number above 0");
  return sum / weight;
}
