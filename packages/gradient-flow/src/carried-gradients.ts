import { Arena, ShapeError } from "@unroll/kernels";
import { checkJacobians, type Jacobians } from "./jacobians.ts";
import { log, rescale } from "./scale.ts";

/** The local gradients e_t = ∂L_t/∂h_t beside the Jacobians, as a `Trace` has them. */
export interface LocalGradients extends Jacobians {
  /** T×n. */
  readonly localGradients: Float64Array;
}

/**
 * How much of each step's loss gradient reaches each earlier step: ln ‖Φ(t,k)ᵀ e_t‖ at (t - 1)·T + k - 1, k ≤ t; -∞
 * elsewhere, and where the loss has no gradient. On the diagonal stands ln ‖e_t‖. All t go back together, one product of
 * matrices a step.
 * @throws ValueError, ShapeError if the sizes do not meet
 */
export function carriedGradients(of: LocalGradients): Float64Array {
  checkJacobians("carriedGradients", of);
  const { steps: T, stateSize: n, jacobians, localGradients } = of;
  if (localGradients.length !== T * n)
    throw new ShapeError("carriedGradients", "localGradients", [localGradients.length], [T * n]);
  const logs = new Float64Array(T * T).fill(Number.NEGATIVE_INFINITY);
  const arena = new Arena("float64");
  const [a, b] = [arena.matrix(T, n), arena.matrix(T, n)];
  const J = arena.matrix(n, n);
  const packed = arena.packed(n, n);
  arena.commit();
  const k = arena.kernels;
  const scales = new Float64Array(T);
  let [now, next] = [a, b];
  for (let step = T - 1; step >= 0; step--) {
    // Rows step … T - 1 hold e_t carried back to h_{step+1}.
    now.data.set(localGradients.subarray(step * n, (step + 1) * n), now.offset + step * n);
    for (let t = step; t < T; t++) {
      const start = now.offset + t * n;
      let squares = 0;
      scales[t] += rescale(now.data, start, n);
      for (let i = start; i < start + n; i++) squares += now.data[i] * now.data[i];
      logs[t * T + step] = 0.5 * log(squares) + (squares > 0 ? scales[t] * Math.LN2 : 0);
    }
    J.data.set(jacobians.subarray(step * n * n, (step + 1) * n * n), J.offset);
    k.pack(packed, J);
    const rows = T - step;
    const from = arena.part(now, step * n, rows, n);
    const to = arena.part(next, step * n, rows, n);
    k.fill(to, 0);
    k.addProduct(to, from, packed);
    [now, next] = [next, now];
  }
  return logs;
}
