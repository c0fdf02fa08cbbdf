import { OptionError, ValueError } from "@unroll/kernels";
import { newTokens } from "./buffers.ts";
import { type BatchBuffer, type Dataset, dataset, type Plan, resize } from "./dataset.ts";
import { flag, integer, knownOptions, seedOf } from "./options.ts";
import { epochOrder } from "./order.ts";

export interface StreamOptions {
  /** T: steps of a window. */
  readonly steps: number;
  /** B: streams, or windows, side by side. */
  readonly batch: number;
  /** Continue each window from the state the one before it left (default true). */
  readonly carry?: boolean | undefined;
  /** Without `carry`: take the windows in a random order, a new one each epoch (default true). */
  readonly shuffle?: boolean | undefined;
  /** Of the random order. Default 0. */
  readonly seed?: number | undefined;
}

export interface TokenStreamOptions extends StreamOptions {
  /** V: tokens are 0 … V−1. */
  readonly size: number;
}

/** Next-token prediction. */
export interface TokenDataset extends Dataset {
  /** Tokens at the end that are no target, because the streams have one length: fewer than B, and 0 without `carry`. */
  readonly dropped: number;
}

export const STREAM_OPTIONS: readonly string[] = ["steps", "batch", "carry", "shuffle", "seed"];

/**
 * Prediction of the next token of one long sequence x_0 … x_N: the input x_i has the target x_{i+1}.
 *
 * With `carry` (the default) the N pairs are cut into B streams of L = ⌊N/B⌋ pairs, side by side. Windows of T steps
 * advance through all streams at once; every window but the first of an epoch carries the state. The last window has
 * the rest of the steps, L mod T, if there is one. The first token is no target, the last N mod B pairs are dropped,
 * every other token is a target once an epoch.
 *
 * Without `carry` the pairs are cut into ⌈N/T⌉ windows, each starting from h_0, in random order unless `shuffle` is
 * false. The last window is filled up with ignored targets (−1), the last batch may have fewer windows, and nothing
 * is dropped.
 *
 * @throws ValueError if a token is out of range or the sequence is shorter than one window, OptionError
 */
export function tokenStreams(tokens: Int32Array, options: TokenStreamOptions): TokenDataset {
  const where = "tokenStreams";
  knownOptions(where, options, [...STREAM_OPTIONS, "size"]);
  const size = integer(where, "size", options.size, 1);
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as number;
    if (token < 0 || token >= size)
      throw new ValueError(where, `token ${i}`, token, `an integer from 0 to ${size - 1}`);
  }
  return cut(where, "tokens", tokens, size, options);
}

/** The cutting itself, for tokens known to be in range; `noun` is what the tokens are to the caller. */
export function cut(
  where: string,
  noun: string,
  tokens: Int32Array,
  size: number,
  options: StreamOptions,
): TokenDataset {
  const steps = integer(where, "steps", options.steps, 1);
  const batch = integer(where, "batch", options.batch, 1);
  const carry = flag(where, "carry", options.carry ?? true);
  const shuffle = flag(where, "shuffle", options.shuffle ?? !carry);
  const seed = seedOf(where, options.seed ?? 0);
  if (carry && shuffle)
    throw new OptionError(where, "shuffle", true, "false while state is carried from window to window");
  const needed = carry ? steps * batch + 1 : steps + 1;
  if (tokens.length < needed) {
    const why = carry ? `${batch} × ${steps} + 1` : `${steps} + 1`;
    throw new ValueError(
      where,
      `number of ${noun}`,
      tokens.length,
      `at least ${needed} = ${why}: one window`,
    );
  }
  const pairs = tokens.length - 1;
  return carry ? carried(where, tokens, size, steps, batch, pairs) : independent();

  function independent(): TokenDataset {
    const windows = Math.ceil(pairs / steps);
    const sideBySide = Math.min(batch, windows);
    const buffer = tokenBuffer(where, steps, sideBySide);
    const order = new Int32Array(windows);
    const plan: Plan = {
      steps,
      batch: sideBySide,
      inputSize: size,
      targetSize: size,
      batchesPerEpoch: Math.ceil(windows / sideBySide),
      buffer,
      begin: (epoch) => epochOrder(order, shuffle, seed, epoch),
      fill(index) {
        const first = index * sideBySide;
        const count = Math.min(sideBySide, windows - first);
        resize(buffer, steps, count);
        for (let b = 0; b < count; b++) copyWindow(buffer, tokens, (order[first + b] as number) * steps, b);
      },
    };
    return { ...dataset(where, plan), dropped: 0 };
  }
}

function carried(
  where: string,
  tokens: Int32Array,
  size: number,
  steps: number,
  batch: number,
  pairs: number,
): TokenDataset {
  const length = Math.floor(pairs / batch);
  const buffer = tokenBuffer(where, steps, batch);
  const plan: Plan = {
    steps,
    batch,
    inputSize: size,
    targetSize: size,
    batchesPerEpoch: Math.ceil(length / steps),
    buffer,
    begin() {},
    fill(index) {
      const start = index * steps;
      resize(buffer, Math.min(steps, length - start), batch);
      buffer.carry = index > 0;
      for (let b = 0; b < batch; b++) copyWindow(buffer, tokens, b * length + start, b);
    },
  };
  return { ...dataset(where, plan), dropped: pairs - length * batch };
}

function tokenBuffer(where: string, steps: number, batch: number): BatchBuffer {
  const inputs = newTokens(where, steps * batch);
  const targets = newTokens(where, steps * batch);
  return { steps, batch, inputs, targets, weights: undefined, carry: false };
}

/** Sequence b of the buffer ← pairs (x_i, x_{i+1}), i from `start`; past the end: token 0, target ignored. */
function copyWindow(buffer: BatchBuffer, tokens: Int32Array, start: number, b: number): void {
  const { steps, batch, inputs, targets } = buffer;
  for (let t = 0; t < steps; t++) {
    const row = t * batch + b;
    const i = start + t;
    const inside = i + 1 < tokens.length;
    inputs.data[row] = inside ? (tokens[i] as number) : 0;
    targets.data[row] = inside ? (tokens[i + 1] as number) : -1;
  }
}
