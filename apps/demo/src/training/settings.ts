/** What fixes the training of a stack of Elman cells, whatever the task. */
export interface TrainingSettings {
  /** Units of each layer. */
  readonly hidden: number;
  readonly layers: number;
  /** Units of a layer without activation on top, which adds up what the layers below say; none unless given. */
  readonly summary?: number | undefined;
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
  /** λ of AdamW: how much all parameters shrink in each step, times the learning rate; none unless given. */
  readonly weightDecay?: number | undefined;
  readonly seed: number;
  /** How many networks are trained, one after the other, with the seeds `seed`, `seed` + 1, … */
  readonly seeds: number;
}

type Sizes = Pick<TrainingSettings, "hidden" | "layers" | "summary">;

/** How the network is called in tables: `elman 128`, `elman 2×128`, `elman 128+48`. */
export function networkName({ hidden, layers, summary }: Sizes): string {
  return `elman ${layers > 1 ? `${layers}×` : ""}${hidden}${summary ? `+${summary}` : ""}`;
}

/** Units of each layer, from below. */
export function layerSizes({ hidden, layers, summary }: Sizes): number[] {
  return [...Array.from({ length: layers }, () => hidden), ...(summary ? [summary] : [])];
}

/** Whether a value out of a file has these settings, and they are what a run can have. */
export function isTrainingSettings(value: unknown): value is TrainingSettings {
  if (typeof value !== "object" || value === null) return false;
  const { hidden, layers, seqLen, batch, updates, lr, clip, seed, seeds } =
    value as Partial<TrainingSettings>;
  const counts = [hidden, layers, seqLen, batch, updates, seeds].every(isCount);
  const { summary = 1, weightDecay = 0 } = value as Partial<TrainingSettings>;
  const positive = [lr, clip].every((number) => Number.isFinite(number) && number! > 0);
  const extras = isCount(summary) && Number.isFinite(weightDecay) && weightDecay >= 0;
  const seeded = Number.isSafeInteger(seed) && seed! >= 0 && seed! + seeds! <= 2 ** 32;
  return counts && positive && extras && seeded;
}

/** A whole number of at least 1. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}
