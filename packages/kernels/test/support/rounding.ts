import { Arena, type ElementType, type KernelKind, type Kernels, type View } from "@unroll/kernels";

// Products of integers, whose true values BigInt knows: the rounding errors themselves can be measured.

/** [M, N, K]: edges of tiles, and sums as long as those over a whole sequence. */
const SHAPES: readonly (readonly [number, number, number])[] = [
  ...[1, 2, 3, 7, 8, 33, 64, 129].flatMap((K) => [
    [1, 9, K] as const,
    [5, 17, K] as const,
    [13, 4, K] as const,
  ]),
  ...[[1, 33, 600] as const, [4, 8, 1500] as const, [9, 11, 300] as const],
];

/**
 * γ_m = m u / (1 - m u), with u = 2⁻²⁴ or 2⁻⁵³: the largest relative error of m roundings.
 * Source: N. J. Higham, "Accuracy and Stability of Numerical Algorithms" (2002), lemma 3.1.
 */
export function gamma(type: ElementType, roundings: number): number {
  const mu = roundings * (type === "float32" ? 2 ** -24 : 2 ** -53);
  return mu / (1 - mu);
}

/**
 * Holds |fl(c + Σ a b) - (c + Σ a b)| ≤ γ_{n+1} (|c| + Σ |a| |b|) for every element of the three products; n: terms of
 * the sum. It holds in any order of summation, and whether a multiplication and its addition round once or twice.
 * @returns the largest error, as a share of its bound
 * @throws Error that names the first element beyond the bound
 */
export function checkRounding(
  kind: KernelKind,
  type: ElementType,
  change: (kernels: Kernels) => Partial<Kernels> = () => ({}),
): number {
  let seed = 1;
  const integer = (): number => {
    const size = type === "float32" ? 2 ** 21 : 2 ** 31;
    seed = (seed * 48271) % 2147483647;
    return Math.floor((seed / 2147483647 - 0.5) * size);
  };
  const filled = ({ data, offset, size }: View): void => {
    for (let i = 0; i < size; i++) data[offset + i] = integer();
  };
  let largest = 0;
  for (const [M, N, K] of SHAPES) {
    for (const form of ["A·B", "A·Bᵀ", "Aᵀ·B"] as const) {
      const arena = new Arena(type, kind);
      const [a, b] = [form === "Aᵀ·B" ? [K, M] : [M, K], form === "A·Bᵀ" ? [N, K] : [K, N]];
      const [C, A, B, P] = [
        arena.matrix(M, N),
        arena.matrix(a[0], a[1]),
        arena.matrix(b[0], b[1]),
        arena.packed(K, N),
      ];
      const kernels = arena.commit().kernels;
      const changed = { addProduct: kernels.addProduct.bind(kernels), ...change(kernels) };
      for (const view of [C, A, B]) filled(view);
      const at = ({ data, offset, stride }: View, r: number, c: number): bigint =>
        BigInt(data[offset + r * stride + c]);
      const left = (m: number, k: number): bigint => (form === "Aᵀ·B" ? at(A, k, m) : at(A, m, k));
      const right = (k: number, n: number): bigint => (form === "A·Bᵀ" ? at(B, n, k) : at(B, k, n));
      const start = C.data.slice(C.offset, C.offset + C.size);
      if (form === "Aᵀ·B") kernels.addTransposedProduct(C, A, B);
      else {
        if (form === "A·B") kernels.pack(P, B);
        else kernels.packTransposed(P, B);
        changed.addProduct(C, A, P);
      }
      for (let m = 0; m < M; m++) {
        for (let n = 0; n < N; n++) {
          let sum = BigInt(start[m * N + n]);
          let size = magnitude(sum);
          for (let k = 0; k < K; k++) {
            const term = left(m, k) * right(k, n);
            sum += term;
            size += magnitude(term);
          }
          const error = Number(magnitude(at(C, m, n) - sum));
          const bound = gamma(type, K + 1) * Number(size);
          if (!(error <= bound))
            throw new Error(
              `${form} of ${M}×${N}×${K}: element (${m}, ${n}) is ${error} off, more than ${bound}`,
            );
          largest = Math.max(largest, error / bound);
        }
      }
    }
  }
  return largest;
}

const magnitude = (x: bigint): bigint => (x < 0n ? -x : x);
