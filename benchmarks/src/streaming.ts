import type { KernelKind } from "@unroll/kernels";
import { sequenceModel } from "@unroll/model";
import { elman } from "@unroll/rnn-cell";
import { sideBySide } from "./side-by-side.ts";

export interface StreamingFigure {
  readonly H: number;
  readonly kernels: KernelKind;
  /** One step of batch 1 with 8 inputs and 8 outputs, readout included. */
  readonly microseconds: number;
}

export function measureStreaming(H: number, kinds: readonly KernelKind[]): StreamingFigure[] {
  const input = Float32Array.from({ length: 8 }, (_, i) => i / 8 - 0.5);
  const output = new Float32Array(8);
  const steps = Object.fromEntries(
    kinds.map((kernels) => {
      const stream = sequenceModel({
        inputs: 8,
        cells: [elman({ hiddenSize: H })],
        outputs: 8,
        kernels,
      }).stream();
      return [kernels, () => stream.step(input, output)];
    }),
  );
  const timings = sideBySide(steps);
  return kinds.map((kernels) => ({ H, kernels, microseconds: timings[kernels] * 1000 }));
}
