import { elementary64, type FloatArray, OptionError } from "@unroll/kernels";
import { RandomState } from "@unroll/linalg";
import { floats } from "./rows.ts";
import type { SequenceModel } from "./sequence-model.ts";

export interface SampleOptions {
  /** Tokens the model reads first. */
  readonly prompt?: ArrayLike<number> | undefined;
  /** Logits are divided by it: below 1 surer, above 1 bolder, 0 always the likeliest. 1 unless given. */
  readonly temperature?: number | undefined;
  /** Only the so many likeliest tokens are possible; 0, unless given, means all. */
  readonly topK?: number | undefined;
  /** 0 unless given. */
  readonly seed?: number | undefined;
}

/**
 * Tokens drawn one after the other from softmax(o_t / temperature), each fed back as the next input. It never ends.
 * Without a prompt the first one is drawn from the outputs for token 0.
 * @throws OptionError if the model's inputs and outputs are not one vocabulary, or an option is out of range
 */
export function* sampleTokens(model: SequenceModel, options: SampleOptions = {}): Generator<number, never> {
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
  const odds = new Float64Array(V);
  const read = prompt.length > 0 ? prompt : [0];
  for (let i = 0; i < read.length; i++) stream.step(read[i], logits);
  for (;;) {
    const token =
      temperature === 0 ? largest(logits) : draw(logits, odds, temperature, topK, random.random());
    yield token;
    stream.step(token, logits);
  }
}

/** A vocabulary, as far as generation needs it. */
export interface TokenText {
  encode(text: string): ArrayLike<number>;
  decode(tokens: ArrayLike<number>): string;
}

/** Text that goes on from a prompt; the prompt is not repeated. `length` counts tokens. See `sampleTokens`. */
export function generate(
  model: SequenceModel,
  vocabulary: TokenText,
  options: Omit<SampleOptions, "prompt"> & { readonly prompt?: string | undefined; readonly length: number },
): string {
  const { prompt = "", length, ...rest } = options;
  if (!(Number.isSafeInteger(length) && length >= 0)) {
    throw new OptionError("generate", "length", length, "a whole number ≥ 0");
  }
  const tokens = new Int32Array(length);
  const source = sampleTokens(model, { ...rest, prompt: vocabulary.encode(prompt) });
  for (let i = 0; i < length; i++) tokens[i] = source.next().value;
  return vocabulary.decode(tokens);
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
  const least = topK > 0 && topK < logits.length ? kthLargest(logits, topK) : Number.NEGATIVE_INFINITY;
  let total = 0;
  for (let i = 0; i < logits.length; i++) {
    const logit = logits[i];
    odds[i] = logit < least ? 0 : elementary64.exp((logit - top) / temperature);
    total += odds[i];
  }
  let rest = uniform * total;
  for (let i = 0; i < logits.length; i++) {
    rest -= odds[i];
    if (rest < 0) return i;
  }
  return largest(logits);
}

function kthLargest(values: FloatArray, k: number): number {
  return Float64Array.from(values).sort()[values.length - k];
}
