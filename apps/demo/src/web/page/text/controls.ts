import { PRESET } from "../../../text/settings.ts";
import { counted, LAYERS, SEED, type SettingControls, scaled } from "../training/settings.ts";

/** The settings of a run on a text. */
export const controls: SettingControls = {
  open: {
    hidden: counted("Units", "How many numbers the network keeps in mind from character to character.", [
      4,
      PRESET.hidden,
      512,
    ]),
    updates: counted(
      "Updates",
      "How often the weights are changed. The learning rate falls to 0 over them.",
      [10, 4000, 100_000],
    ),
    lr: scaled("Learning rate", "How far Adam moves the weights in its first update.", [
      1e-4,
      PRESET.lr,
      0.05,
    ]),
    seed: SEED,
  },
  more: {
    layers: LAYERS,
    seqLen: counted("Window", "How many characters the gradient goes back.", [4, PRESET.seqLen, 256]),
    batch: counted("Streams", "How many places of the text are read side by side.", [1, PRESET.batch, 64]),
    clip: scaled("Clip", "Gradients with a larger norm are scaled down to it.", [0.01, PRESET.clip, 10]),
  },
};
