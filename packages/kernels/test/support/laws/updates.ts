import { flushLimit, type View } from "@unroll/kernels";
import type { Law } from "../laws.ts";
import { SIZES } from "../sizes.ts";
import { rowsOf, same, Workspace, write } from "../workspace.ts";

/** New values of one element of the parameter and of its state, from the old ones and the gradient. */
type Rule = (theta: number, g: number, state: readonly number[]) => [theta: number, state: number[]];

interface Update {
  readonly name: string;
  readonly state: number;
  readonly run: (w: Workspace, theta: View, g: View, state: readonly View[]) => void;
  readonly rule: (f: (x: number) => number, flush: (x: number) => number) => Rule;
}

const [ETA, LAMBDA, KAPPA, MU, RHO, EPSILON] = [0.01, 0.1, 0.99, 0.9, 0.95, 1e-8];

const updates: readonly Update[] = [
  {
    name: "sgdUpdate",
    state: 0,
    run: (w, theta, g) => w.kernels.sgdUpdate(theta, g, ETA, LAMBDA, KAPPA),
    rule: (f) => (theta, g) => {
      const slope = f(g + f(f(LAMBDA) * theta));
      return [f(f(f(KAPPA) * theta) - f(f(ETA) * slope)), []];
    },
  },
  {
    name: "momentumUpdate",
    state: 1,
    run: (w, theta, g, [b]) => w.kernels.momentumUpdate(theta, g, b, ETA, LAMBDA, KAPPA, MU, 0.7, 0.3, 0.6),
    rule:
      (f, flush) =>
      (theta, g, [b]) => {
        const slope = f(g + f(f(LAMBDA) * theta));
        const next = flush(f(f(f(MU) * b) + f(f(0.7) * slope)));
        const step = f(f(f(0.3) * slope) + f(f(0.6) * next));
        return [f(f(f(KAPPA) * theta) - f(f(ETA) * step)), [next]];
      },
  },
  {
    name: "adagradUpdate",
    state: 1,
    run: (w, theta, g, [v]) => w.kernels.adagradUpdate(theta, g, v, ETA, LAMBDA, KAPPA, EPSILON, EPSILON),
    rule:
      (f, flush) =>
      (theta, g, [v]) => {
        const slope = f(g + f(f(LAMBDA) * theta));
        const next = flush(f(v + f(slope * slope)));
        const u = f(slope / f(f(Math.sqrt(f(next + f(EPSILON)))) + f(EPSILON)));
        return [f(f(f(KAPPA) * theta) - f(f(ETA) * u)), [next]];
      },
  },
  {
    name: "rmspropUpdate",
    state: 1,
    run: (w, theta, g, [v]) =>
      w.kernels.rmspropUpdate(
        theta,
        g,
        v,
        undefined,
        undefined,
        ETA,
        LAMBDA,
        KAPPA,
        RHO,
        EPSILON,
        EPSILON,
        0,
        1,
      ),
    rule:
      (f, flush) =>
      (theta, g, [v]) => {
        const slope = f(g + f(f(LAMBDA) * theta));
        const next = flush(f(f(f(RHO) * v) + f(f(f(1 - RHO) * slope) * slope)));
        const u = f(slope / f(f(Math.sqrt(f(next + f(EPSILON)))) + f(EPSILON)));
        return [f(f(f(KAPPA) * theta) - f(f(ETA) * u)), [next]];
      },
  },
  {
    name: "adamUpdate",
    state: 2,
    run: (w, theta, g, [m, v]) =>
      w.kernels.adamUpdate(theta, g, m, v, undefined, ETA, LAMBDA, KAPPA, MU, RHO, EPSILON),
    rule:
      (f, flush) =>
      (theta, g, [m, v]) => {
        const slope = f(g + f(f(LAMBDA) * theta));
        const mean = flush(f(f(f(MU) * m) + f(f(1 - MU) * slope)));
        const square = flush(f(f(f(RHO) * v) + f(f(f(1 - RHO) * slope) * slope)));
        const u = f(mean / f(f(Math.sqrt(square)) + f(EPSILON)));
        return [f(f(f(KAPPA) * theta) - f(f(ETA) * u)), [mean, square]];
      },
  },
];

export const updateLaws: readonly Law[] = [
  ...updates.map((update) => ({
    name: `${update.name} follows its formula, bit for bit, at every size`,
    run(subject: Parameters<Law["run"]>[0]): void {
      const w = new Workspace(subject);
      const limit = flushLimit(w.type);
      const rule = update.rule(w.round, (x) => (Math.abs(x) < limit ? 0 : x));
      for (const size of SIZES) {
        w.clear();
        const [g, theta] = [w.source(1, size), w.destination(1, size)];
        const state = Array.from({ length: update.state }, () => w.destination(1, size));
        for (const view of state)
          write(
            view,
            rowsOf(view).map((row) => row.map(Math.abs)),
          );
        const [[gradient], [old]] = [rowsOf(g), rowsOf(theta)];
        const oldState = state.map((view) => rowsOf(view)[0]);
        const results = old.map((x, i) =>
          rule(
            x,
            gradient[i],
            oldState.map((values) => values[i]),
          ),
        );
        update.run(w, theta, g, state);
        same(`${update.name} of ${size}`, theta, [results.map(([x]) => x)]);
        state.forEach((view, s) => {
          same(`state ${s} of ${update.name}`, view, [results.map(([, next]) => next[s])]);
        });
        w.check(`${update.name} of ${size}`);
      }
    },
  })),
  {
    name: "clamp bounds every element, counts the changed ones and leaves NaN",
    run(subject) {
      const w = new Workspace(subject);
      for (const size of SIZES) {
        w.clear();
        const g = w.destination(1, size);
        const bound = w.round(0.5);
        if (size > 3) g.data[g.offset + 2] = Number.NaN;
        const [old] = rowsOf(g);
        const bounded = old.map((x) => (x > bound ? bound : x < -bound ? -bound : x));
        const changed = bounded.filter((x, i) => !Object.is(x, old[i])).length;
        const counted = w.kernels.clamp(g, 0.5);
        same(`clamp of ${size}`, g, [bounded]);
        if (counted !== changed) throw new Error(`clamp of ${size} counted ${counted}, expected ${changed}`);
        w.check(`clamp of ${size}`);
      }
    },
  },
];
