import { NonFiniteError } from "@unroll/kernels";
import { softmaxCrossEntropy } from "@unroll/losses";
import type { SequenceModel } from "@unroll/model";
import { type Dataset, evaluate } from "@unroll/train";

/**
 * The mean −log₂ p of the next character, the state carried from the beginning of the text to its end.
 * Undefined after `signal`.
 * @throws NonFiniteError if it is NaN or infinite
 */
export async function bitsPerCharacter(model: SequenceModel, text: Dataset): Promise<number>;
export async function bitsPerCharacter(
  model: SequenceModel,
  text: Dataset,
  signal: AbortSignal,
): Promise<number | undefined>;
export async function bitsPerCharacter(
  model: SequenceModel,
  text: Dataset,
  signal?: AbortSignal,
): Promise<number | undefined> {
  const nats = await evaluate(model, text, softmaxCrossEntropy(), { signal });
  if (nats !== undefined && !Number.isFinite(nats))
    throw new NonFiniteError("evaluation", "loss", nats, { update: model.optimizerState?.step ?? 0 });
  return nats === undefined ? undefined : nats / Math.LN2;
}
