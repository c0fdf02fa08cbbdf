import { Arena, type KernelKind } from "@unroll/kernels";
import { PEAK_OPERATIONS, peak } from "./peak.ts";
import { sideBySide } from "./side-by-side.ts";

export interface ProductFigure {
  readonly product: string;
  readonly kernels: KernelKind;
  readonly gigaflops: number;
  /** GFLOP/s of multiplications and additions without loads, in the same rounds. */
  readonly peak: number;
}

/** A B×H×H product with a packed operand: that of one time step. */
export function stepProduct(H: number, B: number, kind: KernelKind): () => void {
  const arena = new Arena("float32", kind);
  const [C, A, W, P] = [arena.matrix(B, H), arena.matrix(B, H), arena.matrix(H, H), arena.packed(H, H)];
  const { kernels } = arena.commit();
  for (const { data, offset, size } of [A, W]) fill(data, offset, size);
  kernels.packTransposed(P, W);
  return () => kernels.addProduct(C, A, P);
}

/** An H×H product over the rows of a sequence: the gradient of the recurrent weights. */
function gradientProduct(H: number, rows: number, kind: KernelKind): () => void {
  const arena = new Arena("float32", kind);
  const [dW, E, S] = [arena.matrix(H, H), arena.matrix(rows, H), arena.matrix(rows, H)];
  const { kernels } = arena.commit();
  for (const { data, offset, size } of [E, S]) fill(data, offset, size);
  return () => kernels.addTransposedProduct(dW, E, S);
}

/** Small numbers of both signs. */
function fill(data: Float32Array | Float64Array, offset: number, size: number): void {
  for (let i = 0; i < size; i++) data[offset + i] = ((i * 7) % 11) / 1000 - 0.005;
}

/** The products of training at the sizes of the recurrence, side by side with the peak of the machine. */
export function measureProducts(
  H: number,
  B: number,
  rows: number,
  kinds: readonly KernelKind[],
): ProductFigure[] {
  return kinds.flatMap((kernels) => {
    const timings = sideBySide({
      step: stepProduct(H, B, kernels),
      gradient: gradientProduct(H, rows, kernels),
      peak: peak(kernels),
    });
    const rate = (operations: number, milliseconds: number): number => operations / milliseconds / 1e6;
    const found = { kernels, peak: rate(PEAK_OPERATIONS, timings.peak) };
    return [
      { ...found, product: `${B}×${H}×${H}`, gigaflops: rate(2 * B * H * H, timings.step) },
      { ...found, product: `${H}×${H}, ${rows} rows`, gigaflops: rate(2 * rows * H * H, timings.gradient) },
    ];
  });
}
