import type { SequenceModel } from "@unroll/model";

/** Operations of a training step that are worth a worker: less takes longer to hand over than to do. */
const WORTH = 10e6;

/**
 * As many workers as are useful for a model and batches of T steps and B sequences: one for each core, as far as each
 * has a sequence of its own and enough to do; 0 if even two would have too little.
 *
 * A step takes about 6 T B N operations, N the number of parameters.
 */
export function usefulWorkers(
  model: SequenceModel,
  { steps, batch }: { readonly steps: number; readonly batch: number },
  cores: number,
): number {
  const operations = 6 * steps * batch * model.layout.size;
  const count = Math.min(cores, batch, Math.floor(operations / WORTH));
  return count < 2 ? 0 : count;
}
