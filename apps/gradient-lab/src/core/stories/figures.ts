import { defaults } from "../controls.ts";
import type { Frame } from "../frame.ts";
import type { Settings } from "../settings.ts";
import type { Card } from "../story.ts";
import { count, portion, rounded, roundedPower } from "../words/numbers.ts";

/** Figures of what a card sets, which its texts may name as `{name}`, whatever is shown at the moment. */
export const SET_FIGURES: Readonly<Record<string, (settings: Settings) => string>> = {
  T: ({ steps }) => String(steps),
  n: ({ hidden }) => String(hidden),
  lag: ({ steps }) => String(steps - 1),
  gain: ({ gain }) => rounded(gain),
  noise: ({ noise }) => rounded(noise),
  updates: ({ trained }) => rounded(trained),
  K: ({ truncate, steps }) => count(truncate ?? steps, "step"),
};

/** Figures that are measured, from the frame shown and the pinned one. */
const FIGURES: Required<Card>["figures"] = {
  answer: ({ status }) => status.answer,
  headline: ({ status }) => status.headline,
  measured: ({ status }) => roundedPower(status.measured),
  bound: ({ status }) => roundedPower(status.bound),
  halfLife: ({ status }) => count(Math.abs(status.halfLife), "step"),
  perStep: ({ status, steps }) => `${rounded(100 * 10 ** (status.measured / (steps - 1)))} %`,
  radius: ({ spectrum }) => rounded(spectrum.radius),
  norm: ({ spectrum }) => rounded(spectrum.norm),
  smallest: ({ spectrum }) => rounded(spectrum.singularValues[spectrum.singularValues.length - 1]),
  open: ({ chain }) => `${rounded(100 * mean(chain.openness))} %`,
  loss: ({ chain }) => rounded(mean(chain.loss.filter((value) => !Number.isNaN(value)))),
  kept: ({ truncation }) => `${rounded(100 * (truncation?.kept ?? 1))} %`,
  cosine: ({ truncation }) => rounded(truncation?.cosine ?? 1),
  gradient: ({ clip }) => rounded(clip.before),
  clipped: ({ clip }) => rounded(clip.after),
  factor: ({ clip }) => rounded(clip.factor),
  growth: ({ chain, steps }) => portion(chain.gradient[0] - chain.gradient[steps - 1]),
  near: (frame) => `${rounded(100 * shareWithin(frame, 10))} %`,
  pinnedAnswer: (_frame, pinned) => pinned?.status.answer ?? "",
  pinnedRadius: (_frame, pinned) => (pinned ? rounded(pinned.spectrum.radius) : ""),
  pinnedLoss: (_frame, pinned) =>
    rounded(mean((pinned?.chain.loss ?? []).filter((value) => !Number.isNaN(value)))),
  pinnedKept: (_frame, pinned) => `${rounded(100 * (pinned?.truncation?.kept ?? 1))} %`,
  change: ({ status }, pinned) => portion(status.measured - (pinned?.status.measured ?? 0)),
};

/** A text of a card with its figures put in; "…" for those that are measured until there is a frame. */
export function withFigures(
  text: string,
  { state, figures = {} }: Pick<Card, "state" | "figures">,
  frame: Frame | undefined,
  pinned: Frame | undefined,
): string {
  return text.replace(/\{(\w+)\}/g, (all, name: string) => {
    if (SET_FIGURES[name]) return SET_FIGURES[name]({ ...defaults, ...state });
    const measured = figures[name] ?? FIGURES[name];
    if (!measured) return all;
    return frame ? measured(frame, pinned) : "…";
  });
}

/** The share of the gradient that comes from steps at most `lag` before the loss. */
export function shareWithin({ maps, steps: T }: Frame, lag: number): number {
  let sum = 0;
  for (let t = 0; t < T; t++) for (let k = Math.max(0, t - lag); k <= t; k++) sum += maps.share[t * T + k];
  return sum;
}

export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}
