import type { Goal, Preset, Story } from "../story.ts";

/** What the page shows by itself in the first seconds, and what it asks for then. */
export const opening: { readonly sweep: readonly number[]; readonly goal: Goal } = {
  sweep: [0.8, 1.25, 0.95],
  goal: {
    text: "Move Gain until the signal stays between 0.1 and 10 over all steps.",
    reached: ({ status }) => Math.abs(status.measured) <= 1,
    solution: { gain: 1.1 },
    praise: "It holds.",
  },
};

export const stories: readonly Story[] = [];

export const presets: readonly Preset[] = [];
