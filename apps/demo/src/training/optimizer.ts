import { adam, adamW, linear, type Optimizer, type Schedule } from "@unroll/optim";
import type { TrainingSettings } from "./settings.ts";

/** The learning rate falls to 0 in a straight line over the updates. */
export function learningRateOf({ lr, updates }: Pick<TrainingSettings, "lr" | "updates">): Schedule {
  return linear(lr, 0, updates);
}

export function optimizerOf(settings: Pick<TrainingSettings, "lr" | "updates" | "weightDecay">): Optimizer {
  const { weightDecay } = settings;
  const learningRate = learningRateOf(settings);
  return weightDecay ? adamW({ learningRate, weightDecay }) : adam({ learningRate });
}
