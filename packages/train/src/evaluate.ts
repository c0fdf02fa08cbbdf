import type { Loss } from "@unroll/losses";
import type { SequenceModel } from "@unroll/model";
import type { Dataset } from "./data/index.ts";
import { pause } from "./pause.ts";

export interface EvaluateOptions {
  /** Stops between two batches; the result is then undefined. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The mean loss Σ w ℓ / Σ w over one epoch of a data set, forward only, states carried as the data set says.
 * Divide a cross-entropy by ln 2 for bits. The hidden states that training carries are put back.
 * @returns undefined if aborted
 */
export async function evaluate(
  model: SequenceModel,
  data: Dataset,
  loss: Loss,
  options: EvaluateOptions = {},
): Promise<number | undefined> {
  const states = model.saveStates();
  let sum = 0;
  let weight = 0;
  try {
    let turn = performance.now();
    for (const batch of data.batches(0)) {
      if (options.signal?.aborted) return undefined;
      const part = model.evaluate(batch, loss);
      sum += part.sum;
      weight += part.weight;
      if (performance.now() - turn > TURN) {
        await pause();
        turn = performance.now();
      }
    }
  } finally {
    model.restoreStates(states);
  }
  return weight > 0 ? sum / weight : 0;
}

/** Milliseconds of work between two pauses. */
export const TURN = 12;
