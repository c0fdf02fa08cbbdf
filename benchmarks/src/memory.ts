import { sequenceModel } from "@unroll/model";
import { adam } from "@unroll/optim";
import { elman } from "@unroll/rnn-cell";
import type { Workload } from "./workloads.ts";

export interface MemoryFigure {
  readonly workload: string;
  readonly parameters: number;
  /** Bytes of the model's memory: to take single steps, to train, with Adam's state, and with checkpoints. */
  readonly streaming: number;
  readonly training: number;
  readonly withAdam: number;
  readonly checkpointed: number;
}

/** What a workload needs. It is planned, not measured: a model never takes more. */
export function measureMemory({ name, I, H, O, B, T, loss }: Workload): MemoryFigure {
  const model = (plan: object = {}): ReturnType<typeof sequenceModel> => {
    const made = sequenceModel({ inputs: I, cells: [elman({ hiddenSize: H })], outputs: O });
    const tokenTargets = loss.targets === "tokens";
    if (Object.keys(plan).length > 0)
      made.reserve({ steps: T, batch: B, tokenInputs: false, tokenTargets, ...plan });
    return made;
  };
  const optimizer = adam({ learningRate: 1e-3 });
  return {
    workload: name,
    parameters: model().layout.size,
    streaming: model().bytes,
    training: model({ steps: T }).bytes,
    withAdam: model({ optimizer }).bytes,
    checkpointed: model({ optimizer, checkpoint: "sqrt" }).bytes,
  };
}
