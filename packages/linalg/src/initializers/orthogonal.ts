import { finiteOption, type Initializer } from "./initializer.ts";

/**
 * gain · Q, Q uniform (Haar) among the matrices with WᵀW = gain² I (if W is wide, W Wᵀ = gain² I).
 *
 *     G = Q R,   G standard normal, max(rows, columns)×min(rows, columns), signs such that R_jj > 0
 *
 * and Q transposed if W is wide. Without the signs Q would depend on how the factors are computed and not be uniform:
 * Mezzadri, "How to generate random matrices from the classical compact groups" (2007). As initial weights: Saxe,
 * McClelland, Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks" (2013).
 * @throws OptionError unless the gain is finite
 */
export function orthogonal({ gain = 1 }: { readonly gain?: number } = {}): Initializer {
  finiteOption("orthogonal", "gain", gain);
  return ({ data, offset, rows, columns, stride }, random) => {
    const length = Math.max(rows, columns);
    const count = Math.min(rows, columns);
    const Q = new Float64Array(length * count); // column j of G, then of Q, from j · length on
    for (let i = 0; i < length; i++) {
      for (let j = 0; j < count; j++) Q[j * length + i] = random.normal();
    }
    orthonormalize(Q, length, count);
    const [rowStep, columnStep] = rows >= columns ? [1, length] : [length, 1];
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        data[offset + r * stride + c] = gain * Q[r * rowStep + c * columnStep];
      }
    }
  };
}

/** Replaces the columns of G by those of Q, G = Q R with R_jj ≥ 0, by Householder reflections I - τ v vᵀ. */
function orthonormalize(G: Float64Array, length: number, count: number): void {
  const tau = new Float64Array(count);
  const sign = new Float64Array(count);
  for (let j = 0; j < count; j++) {
    const first = j * length + j;
    const end = (j + 1) * length;
    let square = 0;
    for (let i = first; i < end; i++) square += G[i] * G[i];
    const norm = Math.sqrt(square);
    // v = g + sign(g_j) ‖g‖ e_j: no cancellation; R_jj = -sign(g_j) ‖g‖.
    sign[j] = G[first] > 0 ? -1 : 1;
    const product = norm * (norm + Math.abs(G[first])); // ‖v‖² / 2
    tau[j] = product > 0 ? 1 / product : 0;
    G[first] -= sign[j] * norm;
    reflect(G, length, count, j, tau[j]);
  }
  for (let j = count - 1; j >= 0; j--) {
    const first = j * length + j;
    reflect(G, length, count, j, tau[j]);
    // Column j is the reflection of e_j.
    const scale = -tau[j] * G[first] * sign[j];
    for (let i = first; i < (j + 1) * length; i++) G[i] *= scale;
    G[first] += sign[j];
    G.fill(0, j * length, first);
  }
}

/**
 * Applies I - τ v vᵀ to all columns after j; v stands in column j, from element j on. Four columns go side by side,
 * so that their sums, each one chain of additions, run at the same time.
 */
function reflect(G: Float64Array, length: number, count: number, j: number, tau: number): void {
  const first = j * length + j;
  const n = length - j;
  let k = j + 1;
  for (; k + 4 <= count; k += 4) {
    const a = k * length + j;
    const b = a + length;
    const c = b + length;
    const d = c + length;
    let dotA = 0;
    let dotB = 0;
    let dotC = 0;
    let dotD = 0;
    for (let i = 0; i < n; i++) {
      const v = G[first + i];
      dotA += v * G[a + i];
      dotB += v * G[b + i];
      dotC += v * G[c + i];
      dotD += v * G[d + i];
    }
    dotA *= tau;
    dotB *= tau;
    dotC *= tau;
    dotD *= tau;
    for (let i = 0; i < n; i++) {
      const v = G[first + i];
      G[a + i] -= dotA * v;
      G[b + i] -= dotB * v;
      G[c + i] -= dotC * v;
      G[d + i] -= dotD * v;
    }
  }
  for (; k < count; k++) {
    const a = k * length + j;
    let dot = 0;
    for (let i = 0; i < n; i++) dot += G[first + i] * G[a + i];
    dot *= tau;
    for (let i = 0; i < n; i++) G[a + i] -= dot * G[first + i];
  }
}
