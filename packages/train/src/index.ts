export { Best, type BestFound } from "./best.ts";
export { type Checkpoint, readCheckpoint } from "./checkpoint/read-checkpoint.ts";
export type { Position } from "./checkpoint/record.ts";
export { type CheckpointContents, writeCheckpoint } from "./checkpoint/write-checkpoint.ts";
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
export { browserStore } from "./stores/browser-store.ts";
export { type FileSystem, fileStore, type OpenFile } from "./stores/file-store.ts";
export type { Store } from "./stores/store.ts";
export { type StepResult, TrainingStep, type TrainingStepOptions } from "./training-step.ts";
export type { Work, Workers, WorkersReport } from "./workers/work.ts";
