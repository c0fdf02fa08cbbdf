export type { Blocks } from "./blocks.ts";
export type { Checkpoint, CheckpointPlan } from "./checkpoint-plan.ts";
export type { Layer } from "./layer.ts";
export type { UnrollOptions } from "./options.ts";
export { type Action, advances, schedule } from "./schedule.ts";
export { ALONE, doesAll, reserveForEach, shareEnd, shareStart, type Team } from "./team.ts";
export { type UnrolledStack, unroll } from "./unroll.ts";
export { type BackwardStep, type OutputGradient, Unrolled } from "./unrolled.ts";
export { type Truncation, type Window, windows } from "./windows.ts";
