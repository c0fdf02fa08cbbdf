import { OptionError, ValueError } from "@unroll/kernels";
import { knownOptions } from "./options.ts";
import { cut, STREAM_OPTIONS, type StreamOptions, type TokenDataset } from "./streams.ts";
import { Vocabulary, vocabularyOf } from "./vocabulary.ts";

export interface CharacterOptions extends StreamOptions {
  /** Of the training text, for validation and test text. Default: the symbols of this text. */
  readonly vocabulary?: Vocabulary | undefined;
}

/** Next-character prediction. */
export interface CharacterDataset extends TokenDataset {
  readonly vocabulary: Vocabulary;
}

/**
 * Prediction of the next character (code point) of a text, cut into windows as `tokenStreams` says.
 * To drop nothing at the end of a validation text, use batch 1.
 *
 * @throws UnknownSymbolError, ValueError if the text is shorter than one window, OptionError
 */
export function characters(text: string, options: CharacterOptions): CharacterDataset {
  knownOptions("characters", options, [...STREAM_OPTIONS, "vocabulary"]);
  if (typeof text !== "string") throw new ValueError("characters", "text", text, "a string");
  if (options.vocabulary !== undefined && !(options.vocabulary instanceof Vocabulary))
    throw new OptionError("characters", "vocabulary", options.vocabulary, "a Vocabulary");
  const vocabulary = options.vocabulary ?? vocabularyOf(text);
  const tokens = vocabulary.encode(text);
  return { ...cut("characters", "characters", tokens, vocabulary.size, options), vocabulary };
}
