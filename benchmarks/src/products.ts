import { Arena, type KernelKind } from "@unroll/kernels";
import peakBytes from "./generated/peak.wasm";
import { sideBySide } from "./side-by-side.ts";

export interface ProductFigure {
  readonly kernels: KernelKind;
  readonly product: string;
  readonly gigaflops: number;
}

/** float32 multiply-adds without loads, unfused, on one core. */
export function measurePeak(): number {
  const module = new WebAssembly.Module(peakBytes as Uint8Array<ArrayBuffer>);
  const { peak } = new WebAssembly.Instance(module).exports as { peak(n: number): number };
  const { run } = sideBySide({ run: () => void peak(100_000) });
  return (100_000 * 64) / run / 1e6;
}

/** The three products of training, at the sizes of the recurrence (B×H×H) and of its weight gradient (H×H, T·B rows). */
export function measureProducts(
  H: number,
  B: number,
  rows: number,
  kinds: readonly KernelKind[],
): ProductFigure[] {
  const made = kinds.map((kind) => {
    const arena = new Arena("float32", kind);
    const [C, A, W] = [arena.matrix(B, H), arena.matrix(B, H), arena.matrix(H, H)];
    const [P, dW, E, S] = [
      arena.packed(H, H),
      arena.matrix(H, H),
      arena.matrix(rows, H),
      arena.matrix(rows, H),
    ];
    arena.commit();
    for (const view of [A, W, E, S]) {
      for (let i = 0; i < view.size; i++) view.data[view.offset + i] = ((i * 7) % 11) / 1000 - 0.005;
    }
    arena.kernels.packTransposed(P, W);
    return { k: arena.kernels, C, A, P, dW, E, S };
  });
  const forward = sideBySide(
    Object.fromEntries(
      kinds.map((kind, i) => [kind, () => made[i].k.addProduct(made[i].C, made[i].A, made[i].P)]),
    ),
  );
  const weights = sideBySide(
    Object.fromEntries(
      kinds.map((kind, i) => [kind, () => made[i].k.addTransposedProduct(made[i].dW, made[i].E, made[i].S)]),
    ),
  );
  return kinds.flatMap((kernels) => [
    { kernels, product: `${B}×${H}×${H}`, gigaflops: (2 * B * H * H) / forward[kernels] / 1e6 },
    { kernels, product: `${H}×${H}, ${rows} rows`, gigaflops: (2 * rows * H * H) / weights[kernels] / 1e6 },
  ]);
}
