/** What fixes a run: the same text and the same settings give the same model to the last bit. */
export interface Settings {
  /** Units of each layer. */
  readonly hidden: number;
  readonly layers: number;
  /** T: characters of a window. */
  readonly seqLen: number;
  /** B: streams of text side by side. */
  readonly batch: number;
  /** Steps of the optimizer, fixed in advance: the clock has no say. */
  readonly updates: number;
  /** Adam's learning rate at the start; it falls to 0 in a straight line. */
  readonly lr: number;
  /** Gradients with a larger norm are scaled down to it. */
  readonly clip: number;
  /** k1 and k2 of truncated back-propagation. */
  readonly truncate?: { readonly k1: number; readonly k2: number } | undefined;
  readonly seed: number;
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
};

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

/** How the network is called in tables: `elman 128`, `elman 2×128`. */
export function networkName({ hidden, layers }: Settings): string {
  return `elman ${layers > 1 ? `${layers}×` : ""}${hidden}`;
}

/** Settings out of a file, or undefined if they are not what a run can have. */
export function parseSettings(value: unknown): Settings | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { truncate, ...rest } = value as Partial<Settings>;
  const { hidden, layers, seqLen, batch, updates, lr, clip, seed } = rest;
  const counts = [hidden, layers, seqLen, batch, updates, ...(truncate ? [truncate.k1, truncate.k2] : [])];
  const whole = counts.every((count) => Number.isSafeInteger(count) && count! >= 1);
  const positive = [lr, clip].every((number) => Number.isFinite(number) && number! > 0);
  const seeded = Number.isSafeInteger(seed) && seed! >= 0 && seed! < 2 ** 32;
  return whole && positive && seeded ? (value as Settings) : undefined;
}
