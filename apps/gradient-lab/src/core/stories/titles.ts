import type { StoryTitle } from "../story.ts";

/** The stories there are. Story 5, on gates, comes with the cells that have them. */
export const titles: Readonly<Record<1 | 2 | 3 | 4 | 6 | 7 | 8 | 9, StoryTitle>> = {
  1: {
    number: 1,
    title: "The whisper chain",
    summary: "Why the first step hears almost nothing of an error at the last one.",
  },
  2: {
    number: 2,
    title: "Blow-up and the clip",
    summary: "What an exploding gradient does to training, and what clipping mends.",
  },
  3: {
    number: 3,
    title: "A bound is a promise, not a forecast",
    summary: "What the largest singular value says, and what it does not.",
  },
  4: {
    number: 4,
    title: "Louder input, deafer memory",
    summary: "How units that are driven hard stop passing gradients on.",
  },
  6: {
    number: 6,
    title: "What truncation never sees",
    summary: "Cutting the way back saves work. What it costs depends on what would have arrived.",
  },
  7: {
    number: 7,
    title: "How to begin",
    summary: "Rotation, identity, random numbers: what the first weights do to gradients.",
  },
  8: {
    number: 8,
    title: "Training moves the spectrum",
    summary: "Learning to remember changes the weights that carry the memory.",
  },
  9: {
    number: 9,
    title: "A real sentence",
    summary: "Characters on the axes: which letters does the network learn from?",
  },
};
