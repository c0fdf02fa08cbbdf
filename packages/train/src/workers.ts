export type { WorkerModule } from "./workers/description.ts";
export { WorkerError } from "./workers/worker-error.ts";
export { type WorkersOptions, workers } from "./workers/workers.ts";
