import type { KernelKind } from "@unroll/kernels";
import { sequenceModel } from "@unroll/model";
import { elman } from "@unroll/rnn-cell";
import { stepProduct } from "./products.ts";
import { sideBySide } from "./side-by-side.ts";
import { batchOf, operations, type Workload } from "./workloads.ts";

export interface TrainingFigure {
  readonly workload: string;
  readonly kernels: KernelKind;
  readonly milliseconds: number;
  readonly gigaflops: number;
  /** GFLOP/s of the bare product of a time step, in the same rounds. */
  readonly product: number;
}

/** One training step of a workload and its bare product, on each kind of kernels, side by side. */
export function measureTraining(workload: Workload, kinds: readonly KernelKind[]): TrainingFigure[] {
  const { I, H, O, B, loss } = workload;
  const batch = batchOf(workload);
  const candidates: Record<string, () => void> = {};
  for (const kernels of kinds) {
    const cells = [elman({ hiddenSize: H })];
    const model = sequenceModel({ inputs: I, cells, outputs: O, seed: 1, kernels });
    candidates[kernels] = () => void model.gradient(batch, { loss });
    candidates[`${kernels} product`] = stepProduct(H, B, kernels);
  }
  const timings = sideBySide(candidates);
  return kinds.map((kernels) => ({
    workload: workload.name,
    kernels,
    milliseconds: timings[kernels],
    gigaflops: operations(workload) / timings[kernels] / 1e6,
    product: (2 * B * H * H) / timings[`${kernels} product`] / 1e6,
  }));
}
