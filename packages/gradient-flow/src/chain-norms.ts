import { Arena, type View } from "@unroll/kernels";
import type { Jacobians } from "./jacobians.ts";
import { log, rescale } from "./scale.ts";
import { SpectralNorm } from "./spectral-norm.ts";

/** Norms on the way from step t back: element d belongs to lag d, 0 … t - 1. */
export interface ChainNorms {
  /** ln ‖J_{t-d}‖. */
  readonly jacobian: Float64Array;
  /** ln ‖Φ(t,t-d)‖. */
  readonly product: Float64Array;
}

/** The norms of Φ(t,k) for one t: t products of matrices, rather than the t²/2 of all. */
export function chainNorms({ stateSize: n, jacobians }: Jacobians, t: number): ChainNorms {
  const arena = new Arena("float64");
  const J = arena.matrix(n, n);
  let product = arena.matrix(n, n);
  let next = arena.matrix(n, n);
  const packed = arena.packed(n, n);
  const norm = new SpectralNorm(arena, n);
  arena.commit();
  const k = arena.kernels;
  const vector = new Float64Array(n);
  const logNorm = (of: View, scale: number): number => {
    const squares = k.sumOfSquares(of);
    return squares > 0 && squares < Number.POSITIVE_INFINITY
      ? log(norm.exact(of, squares, vector, 0)) + scale * Math.LN2
      : 0.5 * log(squares);
  };
  const logs = { jacobian: new Float64Array(t), product: new Float64Array(t) };
  let scale = 0;
  for (let i = 0; i < n; i++) product.data[product.offset + i * (n + 1)] = 1;
  for (let d = 0; d < t; d++) {
    const start = (t - d - 1) * n * n;
    if (d > 0) logs.product[d] = logNorm(product, scale);
    J.data.set(jacobians.subarray(start, start + n * n), J.offset);
    const own = rescale(J.data, J.offset, n * n);
    logs.jacobian[d] = logNorm(J, own);
    k.pack(packed, J);
    k.fill(next, 0);
    k.addProduct(next, product, packed);
    [product, next] = [next, product];
    scale += own + rescale(product.data, product.offset, n * n);
  }
  return logs;
}
