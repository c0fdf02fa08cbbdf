import type { KernelKind } from "@unroll/kernels";
import { sequenceModel } from "@unroll/model";
import { elman } from "@unroll/rnn-cell";
import { workers } from "@unroll/train/workers";
import { batchOf, type Workload } from "./workloads.ts";

export interface WorkersFigure {
  readonly workload: string;
  readonly kernels: KernelKind;
  /** Milliseconds of the fastest training step in this thread, with one worker and with two. */
  readonly none: number;
  readonly one: number;
  readonly two: number;
}

/**
 * Each count runs in turns on a model of its own. The fastest step counts: two threads are slowed by whatever else runs on
 * either core, so that a median says more of the machine than of them.
 */
export async function measureWorkers(
  workload: Workload,
  kernels: KernelKind,
  { rounds = 9, turn = 120 }: { rounds?: number; turn?: number } = {},
): Promise<WorkersFigure> {
  const { I, H, O, B, T, loss } = workload;
  const batch = batchOf(workload);
  const counts = [0, 1, 2];
  const works = await Promise.all(
    counts.map((count) => {
      const model = sequenceModel({
        inputs: I,
        cells: [elman({ hiddenSize: H })],
        outputs: O,
        seed: 1,
        kernels,
      });
      return workers({ count }).start(model, loss, { steps: T, batch: B });
    }),
  );
  try {
    const fastest = counts.map(() => Number.POSITIVE_INFINITY);
    for (let round = 0; round < rounds; round++) {
      for (const count of counts) {
        const end = performance.now() + turn;
        while (performance.now() < end) {
          const started = performance.now();
          await works[count].gradient(batch, { loss });
          fastest[count] = Math.min(fastest[count], performance.now() - started);
        }
      }
    }
    const [none, one, two] = fastest;
    return { workload: workload.name, kernels, none, one, two };
  } finally {
    await Promise.all(works.map((work) => work.end()));
  }
}
