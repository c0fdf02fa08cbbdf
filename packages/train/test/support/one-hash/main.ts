import type { KernelChoice } from "@unroll/kernels";
import { type RunResult, runs } from "./runs.ts";

/** A run on the page's main thread. */
export function run(name: string, kernels: KernelChoice): Promise<RunResult> {
  return runs[name](kernels);
}

/** A run in a worker of its own. */
export function runInWorker(name: string, kernels: KernelChoice): Promise<RunResult> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  return new Promise<RunResult>((resolve, reject) => {
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = ({ data }: MessageEvent<RunResult>) => resolve(data);
    worker.postMessage([name, kernels]);
  }).finally(() => worker.terminate());
}

export function isIsolated(): boolean {
  return crossOriginIsolated;
}
