import { PRESET } from "../../../classify/settings.ts";
import { counted, SEED, type SettingControls, scaled } from "../training/settings.ts";

/** The settings of a run on labelled lines. */
export const controls: SettingControls = {
  open: {
    hidden: counted("Units", "How many numbers the network keeps in mind from character to character.", [
      4,
      PRESET.hidden,
      256,
    ]),
    updates: counted(
      "Updates",
      "How often the weights are changed. The learning rate falls to 0 over them.",
      [10, 2000, 50_000],
    ),
    lr: scaled("Learning rate", "How far Adam moves the weights in its first update.", [
      1e-4,
      PRESET.lr,
      0.05,
    ]),
    seed: SEED,
  },
  more: {
    batch: counted("Lines side by side", "How many lines make one update.", [1, PRESET.batch, 128]),
    clip: scaled("Clip", "Gradients with a larger norm are scaled down to it.", [0.01, PRESET.clip, 10]),
  },
};
