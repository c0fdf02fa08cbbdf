import type { Preset } from "../story.ts";

/** The counterexamples, each against a rule of thumb, and some good beginnings. */
export const presets: readonly Preset[] = [
  {
    id: "x1",
    title: "X1: explodes with spectral radius 0",
    summary: "All eigenvalues of W are 0, the states wander on an attractor, and gradients grow without end.",
    state: { init: "x1", hidden: 2, gain: 1, noise: 0, steps: 60 },
  },
  {
    id: "x2",
    title: "X2: explodes at rest with spectral radius 0",
    summary:
      "The state stands still at (0, ½), all eigenvalues of W are 0, and ‖∂h_t/∂h_k‖ doubles with every step.",
    state: { init: "x2", hidden: 2, gain: 1, noise: 0, steps: 40 },
  },
  {
    id: "x3",
    title: "X3: vanishes with norm 2",
    summary: "W is twice the identity; the units settle where they are nearly flat, and gradients vanish.",
    state: { init: "identity", gain: 2, noise: 0, start: 0.5 },
  },
  {
    id: "x4",
    title: "X4: grows before it vanishes",
    summary: "A linear network with spectral radius ½ whose gradients first grow tenfold.",
    state: { init: "x4", hidden: 2, gain: 1, noise: 0, cell: "linear", steps: 20 },
  },
  {
    id: "x5",
    title: "X5: vanishes with spectral radius above 1",
    summary: "A random network of gain 1.5, calmed by loud input: the bound explodes, the gradient fades.",
    state: { init: "gaussian", gain: 1.5, noise: 0.5, hidden: 60, steps: 120 },
  },
  {
    id: "x6",
    title: "X6: vanishes with orthogonal weights",
    summary: "A rotation changes no length, and yet loud input makes gradients vanish: the units are flat.",
    state: { init: "orthogonal", gain: 1, noise: 0.5, hidden: 60, steps: 60 },
  },
  {
    id: "x8-holds",
    title: "X8: a latch that holds",
    summary: "Two units of gain 2 hold their negative state against a constant input of 0.52.",
    state: { init: "identity", hidden: 2, gain: 2, input: "constant", noise: 0.52, start: -0.9, steps: 100 },
  },
  {
    id: "x8-lost",
    title: "X8: a latch that is lost",
    summary: "The same with 0.54: slowly at first, then all at once, the state goes over to the other side.",
    state: { init: "identity", hidden: 2, gain: 2, input: "constant", noise: 0.54, start: -0.9, steps: 100 },
  },
];
