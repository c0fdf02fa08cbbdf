import { Arena, type ElementType, type KernelKind, type Kernels, Tokens, View } from "@unroll/kernels";
import { rowsOf, same, Workspace, write } from "./workspace.ts";

// A row computed in a batch has the bits of the row computed alone, and of the row computed among some of the others.

const SHAPES = 1500;

/** A product of random shape, then a pass over its rows: each must give a row the same, whatever stands beside it. */
const operations: Readonly<Record<string, (k: Kernels, of: Operands) => void>> = {
  "C + A·P": (k, { C, A, P }) => k.addProduct(C, A, P),
  "C + onehot·W": (k, { C, tokens, W }) => k.addTokenColumns(C, tokens, W),
  tanh: (k, { C }) => k.tanh(C, C),
  sigmoid: (k, { C }) => k.sigmoid(C, C),
  softmax: (k, { C }) => k.softmax(C, C),
  "softmax cross-entropy": (k, { C, losses, targets }) =>
    k.softmaxCrossEntropy(losses, C, C, targets, undefined, 0.7),
};

interface Operands {
  readonly C: View;
  readonly A: View;
  readonly P: View;
  readonly W: View;
  readonly losses: View;
  readonly tokens: Tokens;
  readonly targets: Tokens;
}

/** The same operands with `count` of their rows, from `first` on. */
function part(of: Operands, first: number, count: number): Operands {
  const rows = (X: View): View => new View(X.data, X.offset + first * X.stride, count, X.columns, X.stride);
  const tokens = (X: Tokens): Tokens => new Tokens(X.data, X.offset + first, count);
  const { C, A, losses, targets } = of;
  return {
    ...of,
    C: rows(C),
    A: rows(A),
    losses: rows(losses),
    tokens: tokens(of.tokens),
    targets: tokens(targets),
  };
}

/** Holds random shapes to the law. @throws Error with the first row that differs */
export function checkBatchRows(
  kind: KernelKind,
  type: ElementType,
  change: (k: Kernels) => Kernels = (k) => k,
): void {
  const w = new Workspace({ kind, type, arena: () => new Arena(type, kind) });
  const kernels = change(w.kernels);
  const below = (limit: number): number => Math.floor((Math.abs(w.random()) * limit) % limit);
  const size = (): number => 1 + below([4, 20, 70][below(3)]);
  for (let i = 0; i < SHAPES; i++) {
    w.clear();
    const [M, N, K] = [size(), size(), size()];
    const integers = w.tokens(Array.from({ length: 2 * M }, (_, r) => (r < M ? below(K) : below(N))));
    const whole: Operands = {
      ...{ C: w.destination(M, N), A: w.source(M, K), P: w.packed(K, N), W: w.source(N, K) },
      losses: w.destination(M, 1),
      tokens: new Tokens(integers.data, integers.offset, M),
      targets: new Tokens(integers.data, integers.offset + M, M),
    };
    kernels.pack(whole.P, w.source(K, N));
    for (const [name, run] of Object.entries(operations)) {
      const before = rowsOf(whole.C);
      run(kernels, whole);
      const after = rowsOf(whole.C);
      const losses = rowsOf(whole.losses);
      const again = (first: number, count: number): void => {
        const some = part(whole, first, count);
        write(some.C, before.slice(first, first + count));
        run(kernels, some);
        const what = `${name}, ${M}×${N}×${K}, rows ${first} … ${first + count - 1}`;
        same(what, some.C, after.slice(first, first + count));
        same(`${what}: losses`, some.losses, losses.slice(first, first + count));
      };
      again(below(M), 1);
      again(M - 1, 1);
      const first = below(M);
      again(first, 1 + below(M - first));
    }
    w.check(`${M}×${N}×${K}`);
  }
}
