import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

/**
 * Every figure that was computed for this project, and the test that reproduces it within its stated precision. Figures over
 * many draws are tested on a few of them; `npx pnpm --filter @unroll/gradient-flow theory` measures all.
 */
const FIGURES: readonly (readonly [figure: string, file: string, title: string])[] = [
  ["both forms of dL/dW_hh agree", "contributions", "the items add up to the gradient of one sweep"],
  ["dh_3/dw = 3w², with a total derivative 6w²", "contributions", "a total derivative in its place"],
  ["X1: λ_1 = 0.577 ± 0.01 against ln 6, the ranges of h_1 and h_2, λ_2 = -∞", "counterexamples", "X1: "],
  ["X2: ‖J^d‖ = 2^(d-1)·10√2; the orbit leaves after some 50 steps", "counterexamples", "X2: "],
  ["X3: h* = 0.957504, J = 0.166372 I, rate -1.79353", "counterexamples", "X3: "],
  ["X4: ‖W^n‖ for n = 0 … 12", "counterexamples", "X4: "],
  ["X5: λ_1, ln ρ, ln ‖W‖ for g = 1.5 and g = 2", "counterexamples", "%s: a random network, driven by noise"],
  ["X6: λ_1 = -0.275 ± 0.002", "counterexamples", "X6: "],
  ["X7: the clipped terms sum to -0.4", "clipping", "X7: "],
  ["X8: holds up to 0.5328", "counterexamples", "X8: "],
  ["period 3: ±0.320808", "lyapunov", "period 3, A first"],
  ["the transposed order: ±0.641616", "lyapunov", "the trap: transposes"],
  [
    "truncation bias: sliding and chunked, three gains",
    "truncation-table",
    "truncation bias falls with its length",
  ],
  ["½ ln χ, two noises, five gains", "mean-field", "½ ln χ for noise"],
  ["λ_1 of networks of 200 units beside it", "mean-field", "a network of 200 units"],
  ["critical gains for six noises", "mean-field", "the critical gain for noise"],
  ["the gradient of Ω in both forms", "omega", "value, and gradient by complex steps"],
  [
    "RTRL, differences and complex steps against back-propagation",
    "rtrl",
    "RTRL, complex steps and differences",
  ],
];

test.each(FIGURES)("%s", (_, file, title) => {
  expect(readFileSync(new URL(`${file}.test.ts`, import.meta.url), "utf8")).toContain(title);
});
