import { StateError, type Tokens, type View } from "@unroll/kernels";
import type { Batch } from "@unroll/model";
import { integer } from "./options.ts";

/** Something that yields batches, the same ones for the same epoch, whenever it is asked. */
export interface Dataset {
  /** T: the most steps a batch has. A batch may have fewer. */
  readonly steps: number;
  /** B: the most sequences a batch has. A batch may have fewer, unless state is carried. */
  readonly batch: number;
  /** Size of the vocabulary, or number of columns, of the inputs. */
  readonly inputSize: number;
  /** Number of classes, or of columns, of the targets. */
  readonly targetSize: number;
  readonly batchesPerEpoch: number;
  /**
   * The batches of one epoch from number `from` on, in order.
   *
   * One set of buffers serves all batches: a batch is valid until the next is asked for, and nothing is allocated
   * per batch but the iterator's results. So only one epoch can run at a time: an iterator that continues after
   * another has begun throws StateError. To resume in the middle of an epoch with carried state, restore that state.
   *
   * @throws OptionError if epoch or from is no such number
   */
  batches(epoch: number, from?: number): Iterable<Batch>;
}

/** A batch whose fields are written again and again. */
export interface BatchBuffer extends Batch {
  steps: number;
  batch: number;
  readonly inputs: Tokens | View;
  readonly targets: Tokens | View;
  weights: View | undefined;
  carry: boolean;
}

/** What a kind of data set must say and do; `dataset` adds the iteration. */
export interface Plan extends Omit<Dataset, "batches"> {
  readonly buffer: BatchBuffer;
  /** Once an epoch: chooses the order. */
  begin(epoch: number): void;
  /** Writes batch `index` of the epoch that has begun into the buffer. */
  fill(index: number): void;
}

export function dataset(where: string, plan: Plan): Dataset {
  const { steps, batch, inputSize, targetSize, batchesPerEpoch, buffer } = plan;
  let running = 0; // which of the iterators begun so far owns the buffers

  function* iterate(epoch: number, from: number): Generator<Batch, void, undefined> {
    const own = ++running;
    plan.begin(epoch);
    for (let index = from; index < batchesPerEpoch; index++) {
      if (own !== running) throw new StateError(where, "another epoch of this data set has begun");
      plan.fill(index);
      yield buffer;
    }
  }

  return {
    steps,
    batch,
    inputSize,
    targetSize,
    batchesPerEpoch,
    batches(epoch: number, from = 0): Iterable<Batch> {
      integer(where, "epoch", epoch, 0);
      integer(where, "from", from, 0, batchesPerEpoch);
      return { [Symbol.iterator]: () => iterate(epoch, from) };
    },
  };
}

/** Says how many rows of the buffer count: T·B of this batch. */
export function resize(buffer: BatchBuffer, steps: number, batch: number): void {
  buffer.steps = steps;
  buffer.batch = batch;
  buffer.inputs.rows = steps * batch;
  buffer.targets.rows = steps * batch;
  if (buffer.weights) buffer.weights.rows = steps * batch;
}
