// Derived from float32/updates.ts by scripts/derive-float64.mjs: edit that file, not this one.
import { FLUSH_FLOAT64 } from "../../flush.ts";
import type { Updates } from "../../kernels.ts";

const LIMIT = FLUSH_FLOAT64;

export const updates: Updates = {
  sgdUpdate(theta, g, eta, lambda, kappa) {
    const p = theta.data as Float64Array;
    const d = g.data as Float64Array;
    const rate = eta;
    const decay = lambda;
    const keep = kappa;
    for (let i = 0; i < theta.columns; i++) {
      const old = p[theta.offset + i];
      const slope = d[g.offset + i] + decay * old;
      p[theta.offset + i] = keep * old - rate * slope;
    }
  },

  momentumUpdate(theta, g, b, eta, lambda, kappa, mu, c, p, q) {
    const params = theta.data as Float64Array;
    const d = g.data as Float64Array;
    const velocity = b.data as Float64Array;
    const rate = eta;
    const decay = lambda;
    const keep = kappa;
    const persistence = mu;
    const intake = c;
    const fresh = p;
    const carried = q;
    for (let i = 0; i < theta.columns; i++) {
      const old = params[theta.offset + i];
      const slope = d[g.offset + i] + decay * old;
      const speed = flush(persistence * velocity[b.offset + i] + intake * slope);
      velocity[b.offset + i] = speed;
      const step = fresh * slope + carried * speed;
      params[theta.offset + i] = keep * old - rate * step;
    }
  },

  rmspropUpdate(theta, g, v, a, b, eta, lambda, kappa, rho, epsilonIn, epsilonOut, mu, c) {
    const p = theta.data as Float64Array;
    const d = g.data as Float64Array;
    const squares = v.data as Float64Array;
    const means = a?.data as Float64Array | undefined;
    const velocity = b?.data as Float64Array | undefined;
    const meansStart = a ? a.offset : 0;
    const velocityStart = b ? b.offset : 0;
    const rate = eta;
    const decay = lambda;
    const keep = kappa;
    const old = rho;
    const fresh = 1 - rho;
    const inside = epsilonIn;
    const outside = epsilonOut;
    const persistence = mu;
    const intake = c;
    for (let i = 0; i < theta.columns; i++) {
      const parameter = p[theta.offset + i];
      const slope = d[g.offset + i] + decay * parameter;
      const square = flush(old * squares[v.offset + i] + fresh * slope * slope);
      squares[v.offset + i] = square;
      let spread = square;
      if (means) {
        const mean = flush(old * means[meansStart + i] + fresh * slope);
        means[meansStart + i] = mean;
        spread = square - mean * mean;
        spread = spread > 0 ? spread : 0;
      }
      let step = slope / (Math.sqrt(spread + inside) + outside);
      if (velocity) {
        step = flush(persistence * velocity[velocityStart + i] + intake * step);
        velocity[velocityStart + i] = step;
      }
      p[theta.offset + i] = keep * parameter - rate * step;
    }
  },

  adagradUpdate(theta, g, v, eta, lambda, kappa, epsilonIn, epsilonOut) {
    const p = theta.data as Float64Array;
    const d = g.data as Float64Array;
    const squares = v.data as Float64Array;
    const rate = eta;
    const decay = lambda;
    const keep = kappa;
    const inside = epsilonIn;
    const outside = epsilonOut;
    for (let i = 0; i < theta.columns; i++) {
      const old = p[theta.offset + i];
      const slope = d[g.offset + i] + decay * old;
      const square = flush(squares[v.offset + i] + slope * slope);
      squares[v.offset + i] = square;
      const step = slope / (Math.sqrt(square + inside) + outside);
      p[theta.offset + i] = keep * old - rate * step;
    }
  },

  adamUpdate(theta, g, m, v, x, eta, lambda, kappa, beta1, beta2, epsilon) {
    const p = theta.data as Float64Array;
    const d = g.data as Float64Array;
    const means = m.data as Float64Array;
    const squares = v.data as Float64Array;
    const largest = x?.data as Float64Array | undefined;
    const largestStart = x ? x.offset : 0;
    const rate = eta;
    const decay = lambda;
    const keep = kappa;
    const oldMean = beta1;
    const newMean = 1 - beta1;
    const oldSquare = beta2;
    const newSquare = 1 - beta2;
    const floor = epsilon;
    for (let i = 0; i < theta.columns; i++) {
      const old = p[theta.offset + i];
      const slope = d[g.offset + i] + decay * old;
      const mean = flush(oldMean * means[m.offset + i] + newMean * slope);
      means[m.offset + i] = mean;
      const square = flush(oldSquare * squares[v.offset + i] + newSquare * slope * slope);
      squares[v.offset + i] = square;
      let spread = square;
      if (largest) {
        if (largest[largestStart + i] > spread) spread = largest[largestStart + i];
        largest[largestStart + i] = spread;
      }
      const step = mean / (Math.sqrt(spread) + floor);
      p[theta.offset + i] = keep * old - rate * step;
    }
  },

  clamp(g, limit) {
    const d = g.data as Float64Array;
    const bound = limit;
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
