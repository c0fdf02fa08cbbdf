import type { Run } from "@unroll/train/sweep";

export const list: readonly Run[] = [1, 2, 3, 4, 5, 6, 7].flatMap((seed) =>
  [0.1, 0.01].map((learningRate) => ({
    name: `${seed}-${learningRate}`,
    settings: { seed, learningRate },
  })),
);
