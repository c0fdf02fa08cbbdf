import { elementary64, type FloatArray, NonFiniteError, OptionError } from "@unroll/kernels";
import { RandomState } from "@unroll/linalg";
import { floats } from "./rows.ts";
import type { SequenceModel } from "./sequence-model.ts";

export interface SampleOptions {
  /** Tokens the model reads first. */
  readonly prompt?: ArrayLike<number> | undefined;
  /** Logits are divided by it: below 1 surer, above 1 bolder, 0 always the likeliest. 1 unless given. */
  readonly temperature?: number | undefined;
  /** Only the so many likeliest tokens are possible (of equal ones the first); 0, unless given, means all. */
  readonly topK?: number | undefined;
  /** 0 unless given. */
  readonly seed?: number | undefined;
}

const NAMES: readonly string[] = ["prompt", "temperature", "topK", "seed"];

/**
 * Tokens drawn one after the other from softmax(o_t / temperature), each fed back as the next input. It never ends.
 * Without a prompt the first one is drawn from the outputs for token 0.
 *
 * The outputs are taken as logits, so a readout that ends in softmax is not for sampling.
 * @throws OptionError if the model's inputs and outputs are not one vocabulary, or an option is unknown or out of
 * range; ValueError if a token of the prompt is out of range. While drawing: NonFiniteError if an output is NaN or
 * infinite
 */
export function sampleTokens(model: SequenceModel, options: SampleOptions = {}): Generator<number, never> {
  for (const [name, value] of Object.entries(options)) {
    if (!NAMES.includes(name))
      throw new OptionError("sampleTokens", name, value, `no such option: ${NAMES.join(", ")}`);
  }
  const { prompt = [], temperature = 1, topK = 0, seed = 0 } = options;
  const V = model.outputs;
  if (model.inputs !== V)
    throw new OptionError("sampleTokens", "model.inputs", model.inputs, `${V}, its outputs`);
  if (!(temperature >= 0)) throw new OptionError("sampleTokens", "temperature", temperature, "a number ≥ 0");
  if (!(Number.isInteger(topK) && topK >= 0))
    throw new OptionError("sampleTokens", "topK", topK, "a whole number ≥ 0");
  const random = new RandomState(seed);
  const stream = model.stream();
  const logits = floats(model.type, V);
  const read = prompt.length > 0 ? prompt : [0];
  for (let i = 0; i < read.length; i++) stream.step(read[i], logits);
  return draws();

  function* draws(): Generator<number, never> {
    const odds = new Float64Array(V);
    for (;;) {
      checkFinite(logits);
      const token =
        temperature === 0 ? largest(logits) : draw(logits, odds, temperature, topK, random.random());
      yield token;
      stream.step(token, logits);
    }
  }
}

/** A vocabulary, as far as generation needs it. */
export interface TokenText {
  encode(text: string): ArrayLike<number>;
  decode(tokens: ArrayLike<number>): string;
}

/**
 * Text that goes on from a prompt; the prompt is not repeated. `length` counts tokens. See `sampleTokens`.
 * @throws what `sampleTokens` throws; OptionError if the length is not a whole number
 */
export function generate(
  model: SequenceModel,
  vocabulary: TokenText,
  options: Omit<SampleOptions, "prompt"> & { readonly prompt?: string | undefined; readonly length: number },
): string {
  const { prompt = "", length, ...rest } = options;
  if (!(Number.isSafeInteger(length) && length >= 0)) {
    throw new OptionError("generate", "length", length, "a whole number ≥ 0");
  }
  const source = sampleTokens(model, { ...rest, prompt: vocabulary.encode(prompt) });
  const tokens = new Int32Array(length);
  for (let i = 0; i < length; i++) tokens[i] = source.next().value;
  return vocabulary.decode(tokens);
}

function checkFinite(logits: FloatArray): void {
  for (let token = 0; token < logits.length; token++)
    if (!Number.isFinite(logits[token]))
      throw new NonFiniteError("sampleTokens", "output", logits[token], { token });
}

function largest(values: FloatArray): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}

/** The token at which the summed odds pass `uniform` of their total. */
function draw(
  logits: FloatArray,
  odds: Float64Array,
  temperature: number,
  topK: number,
  uniform: number,
): number {
  const top = logits[largest(logits)];
  let least = Number.NEGATIVE_INFINITY; // the smallest logit that is possible, and how many such ones are
  let ties = logits.length;
  if (topK > 0 && topK < logits.length) {
    odds.set(logits);
    odds.sort();
    least = odds[logits.length - topK];
    ties = topK;
    for (let i = 0; i < logits.length; i++) if (logits[i] > least) ties--;
  }
  let total = 0;
  for (let i = 0; i < logits.length; i++) {
    const possible = logits[i] > least || (logits[i] === least && ties-- > 0);
    odds[i] = possible ? elementary64.exp((logits[i] - top) / temperature) : 0;
    total += odds[i];
  }
  let rest = uniform * total;
  for (let i = 0; i < logits.length; i++) {
    rest -= odds[i];
    if (rest < 0) return i;
  }
  return largest(logits);
}
