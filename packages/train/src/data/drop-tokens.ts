import { isTokens, OptionError, ShapeError, type Tokens, ValueError } from "@unroll/kernels";
import type { Batch } from "@unroll/model";
import { newTokens } from "./buffers.ts";
import type { Dataset } from "./dataset.ts";
import { integer, knownOptions, seedOf } from "./options.ts";
import { epochSeed } from "./order.ts";

export interface DropTokensOptions {
  /** How likely an input token is to be dropped: from 0 to 1. */
  readonly rate: number;
  /** What stands in its place, as the number of an unknown symbol. */
  readonly token: number;
  /** Of the choice. Default 0. */
  readonly seed?: number | undefined;
}

/**
 * The same data with some input tokens, chosen anew each epoch, replaced by one that says "unknown": a network that
 * cannot rely on every token learns to read the others, and learns what an unknown one means.
 *
 * Which are dropped depends on nothing but seed, epoch, batch and place. Targets and weights stay.
 * @throws OptionError; while it runs ValueError if the inputs are no tokens
 */
export function dropTokens(data: Dataset, options: DropTokensOptions): Dataset {
  const where = "dropTokens";
  knownOptions(where, options, ["rate", "token", "seed"]);
  const { rate } = options;
  if (!(rate >= 0 && rate <= 1)) throw new OptionError(where, "rate", rate, "a number from 0 to 1");
  const token = integer(where, "token", options.token, 0, data.inputSize - 1);
  const seed = seedOf(where, options.seed ?? 0);
  const buffer = newTokens(where, data.steps * data.batch);
  const limit = rate * 2 ** 32;

  function* iterate(epoch: number, from: number): Generator<Batch, void, undefined> {
    const epochKey = epochSeed(seed, epoch);
    let index = from;
    for (const batch of data.batches(epoch, from)) {
      drop(checkedTokens(where, batch, buffer.data.length), epochSeed(epochKey, index++));
      yield { ...batch, inputs: buffer };
    }
  }

  /** The buffer ← the tokens, some replaced. */
  function drop({ data, offset, rows }: Tokens, key: number): void {
    buffer.rows = rows;
    for (let r = 0; r < rows; r++)
      buffer.data[r] = epochSeed(key, r) < limit ? token : (data[offset + r] as number);
  }

  const { steps, batch, inputSize, targetSize, batchesPerEpoch } = data;
  return {
    steps,
    batch,
    inputSize,
    targetSize,
    batchesPerEpoch,
    batches(epoch: number, from = 0): Iterable<Batch> {
      return { [Symbol.iterator]: () => iterate(epoch, from) };
    },
  };
}

function checkedTokens(where: string, { inputs }: Batch, room: number): Tokens {
  if (!isTokens(inputs)) throw new ValueError(where, "inputs", "a matrix", "tokens");
  if (inputs.rows > room) throw new ShapeError(where, "inputs", [inputs.rows, 1], [room, 1]);
  return inputs;
}
