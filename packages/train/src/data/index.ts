export { type CharacterDataset, type CharacterOptions, characters } from "./characters.ts";
export type { Dataset } from "./dataset.ts";
export { type DropTokensOptions, dropTokens } from "./drop-tokens.ts";
export { harmonics } from "./harmonics.ts";
export { type PaddedOptions, padded } from "./padded.ts";
export {
  type Scaling,
  type StandardScalingOptions,
  scaleColumns,
  standardScaling,
  unscaleColumns,
} from "./scaling.ts";
export type { Sequence } from "./sequences.ts";
export { type StreamOptions, type TokenDataset, type TokenStreamOptions, tokenStreams } from "./streams.ts";
export { UnknownSymbolError, Vocabulary, type VocabularyOptions, vocabularyOf } from "./vocabulary.ts";
export { type WindowOptions, windows } from "./windows.ts";
