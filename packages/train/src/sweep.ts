export { merge } from "./sweep/merge.ts";
export type { Run, RunResult } from "./sweep/run.ts";
export { type SweepOptions, sweep } from "./sweep/sweep.ts";
export { SweepError } from "./sweep/sweep-error.ts";
