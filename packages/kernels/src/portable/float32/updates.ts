import { FLUSH_FLOAT32 } from "../../flush.ts";
import type { Updates } from "../../kernels.ts";

const f = Math.fround;
const LIMIT = FLUSH_FLOAT32;

export const updates: Updates = {
  sgdUpdate(theta, g, eta, lambda, kappa) {
    const p = theta.data as Float32Array;
    const d = g.data as Float32Array;
    const rate = f(eta);
    const decay = f(lambda);
    const keep = f(kappa);
    for (let i = 0; i < theta.columns; i++) {
      const old = p[theta.offset + i];
      const slope = f(d[g.offset + i] + f(decay * old));
      p[theta.offset + i] = f(f(keep * old) - f(rate * slope));
    }
  },

  momentumUpdate(theta, g, b, eta, lambda, kappa, mu, c, p, q) {
    const params = theta.data as Float32Array;
    const d = g.data as Float32Array;
    const velocity = b.data as Float32Array;
    const rate = f(eta);
    const decay = f(lambda);
    const keep = f(kappa);
    const persistence = f(mu);
    const intake = f(c);
    const fresh = f(p);
    const carried = f(q);
    for (let i = 0; i < theta.columns; i++) {
      const old = params[theta.offset + i];
      const slope = f(d[g.offset + i] + f(decay * old));
      const speed = flush(f(f(persistence * velocity[b.offset + i]) + f(intake * slope)));
      velocity[b.offset + i] = speed;
      const step = f(f(fresh * slope) + f(carried * speed));
      params[theta.offset + i] = f(f(keep * old) - f(rate * step));
    }
  },

  rmspropUpdate(theta, g, v, a, b, eta, lambda, kappa, rho, epsilonIn, epsilonOut, mu, c) {
    const p = theta.data as Float32Array;
    const d = g.data as Float32Array;
    const squares = v.data as Float32Array;
    const means = a?.data as Float32Array | undefined;
    const velocity = b?.data as Float32Array | undefined;
    const meansStart = a ? a.offset : 0;
    const velocityStart = b ? b.offset : 0;
    const rate = f(eta);
    const decay = f(lambda);
    const keep = f(kappa);
    const old = f(rho);
    const fresh = f(1 - rho);
    const inside = f(epsilonIn);
    const outside = f(epsilonOut);
    const persistence = f(mu);
    const intake = f(c);
    for (let i = 0; i < theta.columns; i++) {
      const parameter = p[theta.offset + i];
      const slope = f(d[g.offset + i] + f(decay * parameter));
      const square = flush(f(f(old * squares[v.offset + i]) + f(f(fresh * slope) * slope)));
      squares[v.offset + i] = square;
      let spread = square;
      if (means) {
        const mean = flush(f(f(old * means[meansStart + i]) + f(fresh * slope)));
        means[meansStart + i] = mean;
        spread = f(square - f(mean * mean));
        spread = spread > 0 ? spread : 0;
      }
      let step = f(slope / f(f(Math.sqrt(f(spread + inside))) + outside));
      if (velocity) {
        step = flush(f(f(persistence * velocity[velocityStart + i]) + f(intake * step)));
        velocity[velocityStart + i] = step;
      }
      p[theta.offset + i] = f(f(keep * parameter) - f(rate * step));
    }
  },

  adagradUpdate(theta, g, v, eta, lambda, kappa, epsilonIn, epsilonOut) {
    const p = theta.data as Float32Array;
    const d = g.data as Float32Array;
    const squares = v.data as Float32Array;
    const rate = f(eta);
    const decay = f(lambda);
    const keep = f(kappa);
    const inside = f(epsilonIn);
    const outside = f(epsilonOut);
    for (let i = 0; i < theta.columns; i++) {
      const old = p[theta.offset + i];
      const slope = f(d[g.offset + i] + f(decay * old));
      const square = flush(f(squares[v.offset + i] + f(slope * slope)));
      squares[v.offset + i] = square;
      const step = f(slope / f(f(Math.sqrt(f(square + inside))) + outside));
      p[theta.offset + i] = f(f(keep * old) - f(rate * step));
    }
  },

  adamUpdate(theta, g, m, v, x, eta, lambda, kappa, beta1, beta2, epsilon) {
    const p = theta.data as Float32Array;
    const d = g.data as Float32Array;
    const means = m.data as Float32Array;
    const squares = v.data as Float32Array;
    const largest = x?.data as Float32Array | undefined;
    const largestStart = x ? x.offset : 0;
    const rate = f(eta);
    const decay = f(lambda);
    const keep = f(kappa);
    const oldMean = f(beta1);
    const newMean = f(1 - beta1);
    const oldSquare = f(beta2);
    const newSquare = f(1 - beta2);
    const floor = f(epsilon);
    for (let i = 0; i < theta.columns; i++) {
      const old = p[theta.offset + i];
      const slope = f(d[g.offset + i] + f(decay * old));
      const mean = flush(f(f(oldMean * means[m.offset + i]) + f(newMean * slope)));
      means[m.offset + i] = mean;
      const square = flush(f(f(oldSquare * squares[v.offset + i]) + f(f(newSquare * slope) * slope)));
      squares[v.offset + i] = square;
      let spread = square;
      if (largest) {
        if (largest[largestStart + i] > spread) spread = largest[largestStart + i];
        largest[largestStart + i] = spread;
      }
      const step = f(mean / f(f(Math.sqrt(spread)) + floor));
      p[theta.offset + i] = f(f(keep * old) - f(rate * step));
    }
  },

  clamp(g, limit) {
    const d = g.data as Float32Array;
    const bound = f(limit);
    let changed = 0;
    for (let i = 0; i < g.columns; i++) {
      const value = d[g.offset + i];
      if (value > bound) {
        d[g.offset + i] = bound;
        changed++;
      } else if (value < -bound) {
        d[g.offset + i] = -bound;
        changed++;
      }
    }
    return changed;
  },
};

/** Numbers below the limit become +0; NaN stays NaN. */
function flush(x: number): number {
  return x < LIMIT && x > -LIMIT ? 0 : x;
}
