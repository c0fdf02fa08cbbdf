export { type Batch, checkBatch } from "./batch.ts";
export type { Objective } from "./objective.ts";
export type { Plan } from "./plan.ts";
export { generate, type SampleOptions, sampleTokens, type TokenText } from "./sample.ts";
export { modelLayout, SequenceModel, type SequenceModelOptions, sequenceModel } from "./sequence-model.ts";
export type { Stream } from "./stream.ts";
