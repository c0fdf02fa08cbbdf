export { type Checkpoint, type Position, readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
export {
  type CharacterDataset,
  type CharacterOptions,
  characters,
  type Dataset,
  type PaddedOptions,
  padded,
  type Sequence,
  type StreamOptions,
  type TokenDataset,
  type TokenStreamOptions,
  tokenStreams,
  UnknownSymbolError,
  Vocabulary,
  type VocabularyOptions,
  vocabularyOf,
  type WindowOptions,
  windows,
} from "./data/index.ts";
export { type EvaluateOptions, evaluate } from "./evaluate.ts";
export { type FitOptions, type FitResult, type FitStep, fit } from "./fit.ts";
export { type StepResult, TrainingStep, type TrainingStepOptions } from "./training-step.ts";
