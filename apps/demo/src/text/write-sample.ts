import { generate, type SequenceModel } from "@unroll/model";
import type { Vocabulary } from "@unroll/train";
import type { SampleEvent } from "../report/reporter.ts";
import { MEASURES } from "./settings.ts";

const PROMPT = "The ";

/** "The ", or nothing where the vocabulary lacks one of its symbols. */
export function usualPrompt(vocabulary: Vocabulary): string {
  return Array.from(PROMPT).every((symbol) => vocabulary.has(symbol)) ? PROMPT : "";
}

/** What the network writes after so many updates. */
export function writeSample(
  model: SequenceModel,
  vocabulary: Vocabulary,
  step: number,
  seed: number,
  length: number,
): SampleEvent {
  const prompt = usualPrompt(vocabulary);
  const { temperature } = MEASURES;
  return { step, prompt, text: generate(model, vocabulary, { prompt, length, temperature, seed }) };
}
