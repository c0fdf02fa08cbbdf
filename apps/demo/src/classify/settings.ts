import { isTrainingSettings, type TrainingSettings } from "../training/settings.ts";
import type { Reading } from "./reading.ts";

/** What fixes a run: the same lines and the same settings give the same model to the last bit. */
export interface Settings extends TrainingSettings, Reading {
  /** How likely a character is to be hidden while the network learns. */
  readonly drop: number;
  /** ε of label smoothing. */
  readonly smoothing: number;
  /** What a guess before the end of a text counts, against 1 at its end. */
  readonly earlier: number;
  /** β: a line of a label that n of N lines have, with C labels, counts (N / (C n))^β. */
  readonly balance: number;
  /** Learn from the validation lines, too, and keep the last parameters: for settings that were chosen before. */
  readonly withValidation: boolean;
}

/** What is set unless the command line says something else. */
export type Preset = Omit<Settings, "seed" | "updates" | "withValidation">;

/** How long a network learns unless the command line says: so many times through the lines, but at least so many updates. */
export const LENGTH = { epochs: 20, leastUpdates: 1000 } as const;

/** Chosen on the validation names, see docs/results/classify.md. */
export const PRESET: Preset = {
  hidden: 192,
  layers: 1,
  summary: 48,
  seqLen: 100,
  batch: 32,
  lr: 1.5e-3,
  clip: 1,
  weightDecay: 0.1,
  drop: 0.15,
  smoothing: 0.1,
  earlier: 0.1,
  balance: 0.2,
  seeds: 1,
  keepCase: false,
  fold: false,
};

/** Settings out of a file, or undefined if they are not what a run can have. */
export function parseSettings(value: unknown): Settings | undefined {
  if (!isTrainingSettings(value)) return undefined;
  const { drop, smoothing, earlier, balance, withValidation, keepCase, fold } = value as Partial<Settings>;
  const numbers = [drop, smoothing, earlier, balance].every(
    (number) => Number.isFinite(number) && number! >= 0,
  );
  const flags = [withValidation, keepCase, fold].every((flag) => typeof flag === "boolean");
  return numbers && flags && drop! <= 1 && smoothing! < 1 ? (value as Settings) : undefined;
}
