import {
  type ElementType,
  isTokens,
  OptionError,
  type Rows,
  type Tokens,
  ValueError,
  type View,
} from "@unroll/kernels";
import { newMatrix, newTokens } from "./buffers.ts";
import { copySequence } from "./copy-sequence.ts";
import { type BatchBuffer, type Dataset, dataset, type Plan, resize } from "./dataset.ts";
import { elementType, flag, integer, knownOptions, oneOf, seedOf } from "./options.ts";
import { epochOrder, epochSeed, sortByLength } from "./order.ts";
import { checkLengths, commonSize, type Sequence } from "./sequences.ts";

export interface PaddedOptions {
  /** B: sequences side by side. */
  readonly batch: number;
  /** Steps whose loss counts: every one of a sequence, or its last. Default "every-step". */
  readonly scored?: "every-step" | "last-step" | undefined;
  /** Scored at the last step: the steps before it have the same target, with this weight instead of 1. Default 0. */
  readonly earlierWeight?: number | undefined;
  /** Put sequences of similar length together, so that less is padding. Default false. */
  readonly bucket?: boolean | undefined;
  /** A new random order each epoch. Default true. */
  readonly shuffle?: boolean | undefined;
  /** Of the random order. Default 0. */
  readonly seed?: number | undefined;
  /** Size of the vocabulary of token inputs. Default: the largest token + 1. */
  readonly inputSize?: number | undefined;
  /** Number of classes of token targets. Default: the largest token + 1. */
  readonly targetSize?: number | undefined;
  /** Of matrices and weights in the batches. Default "float32". */
  readonly type?: ElementType | undefined;
}

/**
 * Sequences of different lengths, padded to the longest of their batch: T differs from batch to batch.
 *
 * Step t of a sequence of length n has weight 1 if t < n, else 0; scored at the last step, t = n − 1 has weight 1 and
 * t < n − 1 `earlierWeight`. All of them are times the `weight` of the sequence; a step whose target token is −1 has
 * weight 0. Padded inputs are token 0 or a row of zeros, padded targets −1 or zeros.
 * With `bucket`, the (shuffled) sequences are sorted by length, ties in shuffled order, cut into batches, and the
 * batches shuffled. The sequences are read anew for each batch and are not copied: leave them as they are.
 *
 * @throws ShapeError, ValueError (a token out of range, an empty sequence), NonFiniteError, OptionError
 */
export function padded(sequences: readonly Sequence[], options: PaddedOptions): Dataset {
  const where = "padded";
  knownOptions(where, options, [
    "batch",
    "scored",
    "earlierWeight",
    "bucket",
    "shuffle",
    "seed",
    "inputSize",
    "targetSize",
    "type",
  ]);
  const lastOnly =
    oneOf(where, "scored", options.scored ?? "every-step", ["every-step", "last-step"]) === "last-step";
  const earlier = earlierWeight(where, options.earlierWeight, lastOnly);
  const bucket = flag(where, "bucket", options.bucket ?? false);
  const shuffle = flag(where, "shuffle", options.shuffle ?? true);
  const seed = seedOf(where, options.seed ?? 0);
  const type = elementType(where, options.type ?? "float32");
  const count = sequences.length;
  if (count === 0) throw new ValueError(where, "number of sequences", 0, "at least 1");
  const batch = Math.min(integer(where, "batch", options.batch, 1), count);

  const { inputsOf, targetsOf, lengths } = checkLengths(where, sequences, lastOnly);
  const inputSize = commonSize(where, "inputs", inputsOf, 0, options.inputSize);
  const targetSize = commonSize(where, "targets", targetsOf, -1, options.targetSize);

  const steps = lengths.reduce((longest, length) => Math.max(longest, length), 0);
  const buffer: BatchBuffer = {
    steps,
    batch,
    inputs: bufferLike(where, inputsOf[0] as Rows, type, steps * batch),
    targets: bufferLike(where, targetsOf[0] as Rows, type, steps * batch),
    weights: newMatrix(where, type, steps * batch, 1),
    carry: false,
  };
  const batches = Math.ceil(count / batch);
  const order = new Int32Array(count);
  const batchOrder = new Int32Array(batches);

  const plan: Plan = {
    steps,
    batch,
    inputSize,
    targetSize,
    batchesPerEpoch: batches,
    buffer,
    begin(epoch) {
      epochOrder(order, shuffle, seed, epoch);
      epochOrder(batchOrder, shuffle && bucket, epochSeed(seed, 0), epoch);
      if (bucket) sortByLength(order, lengths);
    },
    fill(index) {
      const first = (batchOrder[index] as number) * batch;
      const B = Math.min(batch, count - first);
      let T = 0;
      for (let b = 0; b < B; b++) T = Math.max(T, lengths[order[first + b] as number] as number);
      resize(buffer, T, B);
      for (let b = 0; b < B; b++) {
        const i = order[first + b] as number;
        const { weight = 1 } = sequences[i] as Sequence;
        copySequence(buffer, b, inputsOf[i] as Rows, targetsOf[i] as Rows, weight, weight * earlier);
      }
    },
  };
  return dataset(where, plan);
}

/** @throws OptionError unless it is 0 or, scored at the last step, a finite number above */
function earlierWeight(where: string, value = 0, lastOnly: boolean): number {
  if (value === 0 || (lastOnly && value > 0 && value < Number.POSITIVE_INFINITY)) return value;
  const expected = lastOnly ? "a finite number ≥ 0" : 'nothing, unless scored is "last-step"';
  throw new OptionError(where, "earlierWeight", value, expected);
}

function bufferLike(where: string, example: Rows, type: ElementType, rows: number): Tokens | View {
  return isTokens(example) ? newTokens(where, rows) : newMatrix(where, type, rows, example.columns);
}
