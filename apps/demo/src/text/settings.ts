import { isCount, isTrainingSettings, type TrainingSettings } from "../training/settings.ts";

/** What fixes a run: the same text and the same settings give the same model to the last bit. */
export interface Settings extends TrainingSettings {
  /** k1 and k2 of truncated back-propagation. */
  readonly truncate?: { readonly k1: number; readonly k2: number } | undefined;
}

/** The main job: of the sizes tried, the one layer that learns most in about a minute on one core. */
export const PRESET: Omit<Settings, "seed"> = {
  hidden: 192,
  layers: 1,
  seqLen: 32,
  batch: 8,
  updates: 18_000,
  lr: 4e-3,
  clip: 0.25,
  seeds: 1,
};

/** As well as half an hour on one core allows. */
export const BEST: typeof PRESET = { ...PRESET, hidden: 512, seqLen: 64, updates: 60_000, lr: 2e-3 };

/** How often, and on how much text, a run looks at itself. */
export const MEASURES = {
  /** Evaluations on the validation text, each followed by a sample. */
  evaluations: 10,
  /** Characters at the start of the validation text that they are done on. */
  validation: 40_000,
  /** Characters of the test text that are scored at the most. */
  test: 200_000,
  sampleLength: 80,
  temperature: 0.7,
} as const;

/** Settings out of a file, or undefined if they are not what a run can have. */
export function parseSettings(value: unknown): Settings | undefined {
  if (!isTrainingSettings(value)) return undefined;
  const { truncate } = value as Settings;
  return truncate && !(isCount(truncate.k1) && isCount(truncate.k2)) ? undefined : value;
}
