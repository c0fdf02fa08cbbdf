import type { KernelKind } from "@unroll/kernels";
import { sequenceModel } from "@unroll/model";
import { elman } from "@unroll/rnn-cell";
import { sideBySide } from "./side-by-side.ts";
import { batchOf, operations, type Workload } from "./workloads.ts";

export interface TrainingFigure {
  readonly workload: string;
  readonly kernels: KernelKind;
  readonly milliseconds: number;
  readonly gigaflops: number;
  readonly bytes: number;
}

/** One training step of a workload on each kind of kernels, side by side. */
export function measureTraining(workload: Workload, kinds: readonly KernelKind[]): TrainingFigure[] {
  const { I, H, O, loss } = workload;
  const batch = batchOf(workload);
  const models = kinds.map((kernels) =>
    sequenceModel({ inputs: I, cells: [elman({ hiddenSize: H })], outputs: O, seed: 1, kernels }),
  );
  const steps = Object.fromEntries(
    kinds.map((kind, i) => [kind, () => void models[i].gradient(batch, { loss })]),
  );
  const timings = sideBySide(steps);
  return kinds.map((kernels, i) => ({
    workload: workload.name,
    kernels,
    milliseconds: timings[kernels],
    gigaflops: operations(workload) / timings[kernels] / 1e6,
    bytes: models[i].bytes,
  }));
}
