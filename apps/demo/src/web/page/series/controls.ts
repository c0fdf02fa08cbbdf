import { counted, LAYERS, SEED, type SettingControls, scaled } from "../training/settings.ts";

/** The settings of a run on series; what suits the data takes the place of these first values. */
export const controls: SettingControls = {
  open: {
    hidden: counted("Units", "How many numbers the network keeps in mind from row to row.", [2, 16, 128]),
    updates: counted(
      "Updates",
      "How often the weights are changed. The learning rate falls to 0 over them.",
      [10, 1000, 50_000],
    ),
    lr: scaled("Learning rate", "How far Adam moves the weights in its first update.", [1e-4, 5e-3, 0.05]),
    seed: SEED,
  },
  more: {
    layers: LAYERS,
    seqLen: counted("Window", "How many rows the gradient goes back.", [2, 28, 256]),
    batch: counted("Windows side by side", "How many windows make one update.", [1, 32, 128]),
    clip: scaled("Clip", "Gradients with a larger norm are scaled down to it.", [0.01, 1, 10]),
  },
};
