export { type Batch, checkBatch } from "./batch.ts";
export { type SequenceModelOptions, sequenceModel } from "./create.ts";
export type { Objective } from "./objective.ts";
export { type ModelParts, modelLayout } from "./parts.ts";
export type { Plan } from "./plan.ts";
export { generate, type SampleOptions, sampleTokens, type TokenText } from "./sample.ts";
export { type RunOptions, SequenceModel } from "./sequence-model.ts";
export { States } from "./states.ts";
export type { Stream } from "./stream.ts";
