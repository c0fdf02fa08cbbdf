import { Tokens, View } from "@unroll/kernels";
import { type Loss, meanSquaredError, softmaxCrossEntropy } from "@unroll/losses";
import type { Batch } from "@unroll/model";

/** One training step: forward, loss and all gradients, no optimizer; inputs are dense float32 matrices. */
export interface Workload {
  readonly name: string;
  readonly I: number;
  readonly H: number;
  readonly O: number;
  readonly B: number;
  readonly T: number;
  readonly loss: Loss;
}

export const workloads: readonly Workload[] = [
  { name: "tiny", I: 1, H: 32, O: 1, B: 16, T: 100, loss: meanSquaredError() },
  { name: "char", I: 65, H: 128, O: 65, B: 32, T: 50, loss: softmaxCrossEntropy() },
  { name: "mid", I: 65, H: 256, O: 65, B: 64, T: 50, loss: softmaxCrossEntropy() },
  { name: "large", I: 65, H: 512, O: 65, B: 64, T: 100, loss: softmaxCrossEntropy() },
];

/** Floating-point operations that the products of a step need: T·B·(4·I·H + 6·H² + 6·H·O). */
export function operations({ I, H, O, B, T }: Workload): number {
  return T * B * (4 * I * H + 6 * H * H + 6 * H * O);
}

/** The same batch in every run. */
export function batchOf({ I, O, B, T, loss }: Workload): Batch {
  const rows = T * B;
  let seed = 1;
  const next = (): number => (seed = (seed * 48271) % 2147483647) / 2147483647;
  const numbers = (columns: number): View =>
    new View(
      Float32Array.from({ length: rows * columns }, () => next() - 0.5),
      0,
      rows,
      columns,
    );
  const tokens = (): Tokens =>
    new Tokens(
      Int32Array.from({ length: rows }, () => Math.floor(next() * O)),
      0,
      rows,
    );
  return {
    steps: T,
    batch: B,
    inputs: numbers(I),
    targets: loss.targets === "tokens" ? tokens() : numbers(O),
  };
}
