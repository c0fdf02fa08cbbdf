export { type Checkpoint, type Position, readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
export { Confusion } from "./confusion.ts";
export {
  type CharacterDataset,
  type CharacterOptions,
  characters,
  type Dataset,
  type DropTokensOptions,
  dropTokens,
  harmonics,
  type PaddedOptions,
  padded,
  type Scaling,
  type Sequence,
  type StandardScalingOptions,
  type StreamOptions,
  scaleColumns,
  standardScaling,
  type TokenDataset,
  type TokenStreamOptions,
  tokenStreams,
  UnknownSymbolError,
  unscaleColumns,
  Vocabulary,
  type VocabularyOptions,
  vocabularyOf,
  type WindowOptions,
  windows,
} from "./data/index.ts";
export { type EvaluateOptions, evaluate } from "./evaluate.ts";
export { type FitOptions, type FitResult, type FitStep, fit } from "./fit.ts";
export { type StepResult, TrainingStep, type TrainingStepOptions } from "./training-step.ts";
