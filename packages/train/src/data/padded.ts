import { type ElementType, isTokens, type Rows, type Tokens, ValueError, type View } from "@unroll/kernels";
import { newMatrix, newTokens } from "./buffers.ts";
import { type BatchBuffer, type Dataset, dataset, type Plan, resize } from "./dataset.ts";
import { elementType, flag, integer, knownOptions, oneOf, seedOf } from "./options.ts";
import { epochOrder, epochSeed, sortByLength } from "./order.ts";
import { checkLengths, commonSize, type Sequence } from "./sequences.ts";

export interface PaddedOptions {
  /** B: sequences side by side. */
  readonly batch: number;
  /** Steps whose loss counts: every one of a sequence, or its last. Default "every-step". */
  readonly scored?: "every-step" | "last-step" | undefined;
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
 * Step t of a sequence of length n has weight 1 if t < n (scored at the last step: if t = n − 1), else 0; a step
 * whose target token is −1 has weight 0. Padded inputs are token 0 or a row of zeros, padded targets −1 or zeros.
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
    "bucket",
    "shuffle",
    "seed",
    "inputSize",
    "targetSize",
    "type",
  ]);
  const lastOnly =
    oneOf(where, "scored", options.scored ?? "every-step", ["every-step", "last-step"]) === "last-step";
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
        copySequence(buffer, b, inputsOf[i] as Rows, targetsOf[i] as Rows);
      }
    },
  };
  return dataset(where, plan);
}

/** Sequence b of the buffer ← one sequence, then padding. One target alone belongs to the last step. */
function copySequence(buffer: BatchBuffer, b: number, inputs: Rows, targets: Rows): void {
  const weights = (buffer.weights as View).data;
  const length = inputs.rows;
  const firstScored = length - targets.rows;
  for (let t = 0; t < buffer.steps; t++) {
    const row = t * buffer.batch + b;
    copyRow(buffer.inputs, row, inputs, t < length ? t : -1, 0);
    const target = t >= firstScored && t < length ? t - firstScored : -1;
    copyRow(buffer.targets, row, targets, target, -1);
    weights[row] =
      target < 0 || (isTokens(targets) && (targets.data[targets.offset + target] as number) < 0) ? 0 : 1;
  }
}

/** Row `row` of Y ← row `from` of X; for `from` −1 the padding: a token, or zeros. */
function copyRow(Y: Rows, row: number, X: Rows, from: number, padding: number): void {
  if (isTokens(Y) || isTokens(X)) {
    Y.data[row] = from < 0 ? padding : (X.data[X.offset + from] as number);
    return;
  }
  for (let c = 0; c < Y.columns; c++)
    Y.data[row * Y.columns + c] = from < 0 ? 0 : (X.data[X.offset + from * X.stride + c] as number);
}

function bufferLike(where: string, example: Rows, type: ElementType, rows: number): Tokens | View {
  return isTokens(example) ? newTokens(where, rows) : newMatrix(where, type, rows, example.columns);
}
