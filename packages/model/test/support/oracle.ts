import * as c from "@unroll/gradcheck";
import type { Loss } from "@unroll/losses";
import type { SequenceModel } from "@unroll/model";
import { batchOf, type Problem, statesOf } from "./problem.ts";

type Row = readonly c.Complex[];

/** W·x + b, or column x of W + b for a token. */
function affine(W: readonly Row[], x: Row | number, b: Row | undefined): c.Complex[] {
  return W.map((row, i) => {
    const start = b ? b[i] : c.complex(0);
    if (typeof x === "number") return c.add(start, row[x]);
    return x.reduce((sum, value, j) => c.add(sum, c.multiply(row[j], value)), start);
  });
}

/**
 * L of a problem in complex numbers, step by step and sequence by sequence, with nothing shared with the packages.
 * `theta` holds the parameters and then h_0 of each layer. With truncation it is the function whose gradient the
 * truncated one is: each window starts from states that are constants, and losses older than k2 steps see constants,
 * so that only the readout learns from them.
 */
export function naiveLoss(problem: Problem, theta: Row): c.Complex {
  const { T, B, m, p, sizes, bias, hidden, output, loss, inputs, targets, w } = problem;
  let at = 0;
  const row = (columns: number): Row => theta.slice(at, (at += columns));
  const matrix = (rows: number, columns: number): Row[] => Array.from({ length: rows }, () => row(columns));
  const layers = sizes.map((n, l) => ({
    W_xh: matrix(n, sizes[l - 1] ?? m),
    W_hh: matrix(n, n),
    b_h: bias ? row(n) : undefined,
  }));
  const W_hy = matrix(p, sizes[sizes.length - 1]);
  const b_y = bias ? row(p) : undefined;
  const h_0 = sizes.map((n) => matrix(B, n));

  const total = w.reduce((sum, weight) => sum + weight, 0);
  const scale = { sum: 1, "mean-over-batch": 1 / B, "mean-over-steps": 1 / total }[problem.reduction];
  let L = c.complex(0);
  for (let b = 0; b < B; b++) {
    const step = (h: readonly Row[], t: number): Row[] => {
      const input = inputs[t * B + b];
      let x: Row | number = typeof input === "number" ? input : input.map((value) => c.complex(value));
      return layers.map(({ W_xh, W_hh, b_h }, l) => {
        const recurrent = affine(W_hh, h[l], undefined);
        const z = affine(W_xh, x, b_h).map((value, i) => c.add(value, recurrent[i]));
        const next = hidden.row(z);
        x = next;
        return next;
      });
    };
    const lossOf = (h: readonly Row[], t: number): c.Complex => {
      const r = t * B + b;
      if (w[r] === 0) return c.complex(0);
      const y = output.row(affine(W_hy, h[sizes.length - 1], b_y));
      return c.multiply(scale * w[r], loss.row(y, targets[r]));
    };
    let h: readonly Row[] = h_0.map((layer) => layer[b]);
    const states = [h];
    for (let t = 0; t < T; t++) states.push((h = step(h, t)));
    const constant = (t: number): Row[] => states[t].map((layer) => layer.map(({ re }) => c.complex(re)));
    for (const { done, from, to, lossFrom } of windowsOf(problem)) {
      for (let t = done; t < lossFrom; t++) L = c.add(L, lossOf(constant(t + 1), t));
      h = from === 0 ? states[0] : constant(from);
      for (let t = from; t < to; t++) {
        h = step(h, t);
        if (t >= lossFrom) L = c.add(L, lossOf(h, t));
      }
    }
  }
  return L;
}

interface NaiveWindow {
  readonly done: number;
  readonly from: number;
  readonly to: number;
  readonly lossFrom: number;
}

function windowsOf({ T, truncation }: Problem): NaiveWindow[] {
  const { k1, k2 } = truncation ?? { k1: T, k2: T };
  const found: NaiveWindow[] = [];
  for (let done = 0; done < T; done += k1) {
    const to = Math.min(done + k1, T);
    found.push({ done, from: Math.max(0, to - k2), to, lossFrom: Math.max(done, to - k2) });
  }
  return found;
}

/** The parameters of a model and h_0 of its layers in one vector. */
export function thetaOf(problem: Problem, { parameters }: SequenceModel): Float64Array {
  const { data, offset, columns } = parameters;
  return Float64Array.from([...data.slice(offset, offset + columns), ...problem.h_0.flatMap((h) => [...h])]);
}

/** dL/dθ by complex steps. */
export function expectedGradient(problem: Problem, model: SequenceModel): Float64Array {
  return c.complexStep((theta) => naiveLoss(problem, theta), thetaOf(problem, model));
}

/** dL/dθ of the model, and L. */
export function modelGradient(
  problem: Problem,
  model: SequenceModel,
  loss: Loss = problem.loss.loss,
): { L: number; gradient: Float64Array } {
  model.restoreStates(statesOf(problem));
  const L = model.gradient(batchOf(problem), { loss, reduction: problem.reduction });
  const { data, offset, columns } = model.gradients;
  const states = model.unrolled.layers.flatMap(({ dInitialState: d }) => [
    ...d.data.slice(d.offset, d.offset + problem.B * d.columns),
  ]);
  return { L, gradient: Float64Array.from([...data.slice(offset, offset + columns), ...states]) };
}
