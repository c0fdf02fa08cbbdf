import type { Frame } from "../frame.ts";
import { count, portion, rounded, roundedPower } from "../words/numbers.ts";

/** Figures that the texts of stories may name as `{name}`, from the frame shown and the pinned one. */
export const FIGURES: Readonly<Record<string, (frame: Frame, pinned: Frame | undefined) => string>> = {
  T: ({ steps }) => String(steps),
  n: ({ hidden }) => String(hidden),
  lag: ({ steps }) => String(steps - 1),
  gain: ({ settings }) => rounded(settings.gain),
  noise: ({ settings }) => rounded(settings.noise),
  updates: ({ settings }) => rounded(settings.trained),
  K: ({ settings }) => count(settings.truncate ?? settings.steps, "step"),
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

/** The text with its figures put in; those of the card come before the common ones. */
export function withFigures(text: string, frame: Frame, pinned?: Frame, own: typeof FIGURES = {}): string {
  return text.replace(
    /\{(\w+)\}/g,
    (all, name: string) => (own[name] ?? FIGURES[name])?.(frame, pinned) ?? all,
  );
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
