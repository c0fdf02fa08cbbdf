import type { KernelChoice } from "@unroll/kernels";
import type { WorkersReport } from "@unroll/train";
import { workers } from "@unroll/train/workers";
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

/** A run by the workers of `fit`, and what it says of them. */
export async function runByWorkers(
  name: string,
  kernels: KernelChoice,
  count: number,
): Promise<RunResult & { readonly report: WorkersReport | undefined }> {
  let report: WorkersReport | undefined;
  const some = workers({ count });
  const result = await runs[name](kernels, {
    async start(...words) {
      const work = await some.start(...words);
      report = work.report;
      return work;
    },
  });
  return { ...result, report };
}

export function isIsolated(): boolean {
  return crossOriginIsolated;
}
