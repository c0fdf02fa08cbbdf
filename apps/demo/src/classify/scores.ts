import { elementary64, type Tokens } from "@unroll/kernels";
import type { SequenceModel } from "@unroll/model";
import type { Dataset } from "@unroll/train";

/** What a network says of one text: log p of each class, in nats. */
export type Scores = Float64Array;

/**
 * log p(class | text) for each text of a data set that is scored at its last step, in order.
 * @param turn, if given, lets others have their turn between two batches; it returns true to stop
 * @returns undefined if stopped
 */
export async function scoresOf(
  model: SequenceModel,
  data: Dataset,
  turn: () => Promise<boolean> = async () => false,
): Promise<Scores[] | undefined> {
  const all: Scores[] = [];
  for (const { inputs, targets, steps, batch } of data.batches(0)) {
    if (await turn()) return undefined;
    const outputs = model.run(inputs, { steps, batch });
    for (let b = 0; b < batch; b++) {
      const last = lastStep(targets as Tokens, steps, batch, b);
      const at = outputs.offset + (last * batch + b) * outputs.stride;
      all.push(logSoftmax(outputs.data.subarray(at, at + outputs.columns)));
    }
  }
  return all;
}

/** The step with a target. */
function lastStep(targets: Tokens, steps: number, batch: number, b: number): number {
  let t = steps - 1;
  while (t > 0 && targets.data[targets.offset + t * batch + b]! < 0) t--;
  return t;
}

/** o_j − log Σ e^(o_j). */
export function logSoftmax(logits: ArrayLike<number>): Scores {
  const { exp, log } = elementary64;
  const o = Float64Array.from(logits);
  const most = o.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const sum = o.reduce((total, each) => total + exp(each - most), 0);
  return o.map((each) => each - most - log(sum));
}

/** The class with the largest score; of equal ones the first. */
export function likeliest(scores: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < scores.length; i++) if (scores[i]! > scores[best]!) best = i;
  return best;
}
