import { NonFiniteError, ValueError } from "@unroll/kernels";
import type { Loss } from "@unroll/losses";
import { type SequenceModel, States } from "@unroll/model";
import { checkData } from "./check-data.ts";
import type { Dataset } from "./data/index.ts";
import { knownOptions } from "./data/options.ts";
import { nonFiniteLoss } from "./non-finite.ts";
import { Turns } from "./pause.ts";

export interface EvaluateOptions {
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
  knownOptions("evaluate", options, ["signal"]);
  checkData("evaluate", "data", data, model);
  const states = new States(model);
  const turns = new Turns();
  let sum = 0;
  let weight = 0;
  let index = 0;
  for (const batch of data.batches(0)) {
    if (options.signal?.aborted) return undefined;
    const part = model.evaluate(batch, loss, states);
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
