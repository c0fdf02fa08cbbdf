/** What fixes the training of a stack of Elman cells, whatever the task. */
export interface TrainingSettings {
  /** Units of each layer. */
  readonly hidden: number;
  readonly layers: number;
  /** T: steps of a window. */
  readonly seqLen: number;
  /** B: sequences side by side. */
  readonly batch: number;
  /** Steps of the optimizer, fixed in advance: the clock has no say. */
  readonly updates: number;
  /** Adam's learning rate at the start; it falls to 0 in a straight line. */
  readonly lr: number;
  /** Gradients with a larger norm are scaled down to it. */
  readonly clip: number;
  readonly seed: number;
  /** How many networks are trained, one after the other, with the seeds `seed`, `seed` + 1, … */
  readonly seeds: number;
}

/** How the network is called in tables: `elman 128`, `elman 2×128`. */
export function networkName({ hidden, layers }: Pick<TrainingSettings, "hidden" | "layers">): string {
  return `elman ${layers > 1 ? `${layers}×` : ""}${hidden}`;
}

/** Whether a value out of a file has these settings, and they are what a run can have. */
export function isTrainingSettings(value: unknown): value is TrainingSettings {
  if (typeof value !== "object" || value === null) return false;
  const { hidden, layers, seqLen, batch, updates, lr, clip, seed, seeds } =
    value as Partial<TrainingSettings>;
  const counts = [hidden, layers, seqLen, batch, updates, seeds].every(isCount);
  const positive = [lr, clip].every((number) => Number.isFinite(number) && number! > 0);
  const seeded = Number.isSafeInteger(seed) && seed! >= 0 && seed! + seeds! <= 2 ** 32;
  return counts && positive && seeded;
}

/** A whole number of at least 1. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}
