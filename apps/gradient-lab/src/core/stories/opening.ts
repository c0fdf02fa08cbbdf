import type { Goal } from "../story.ts";

/** The first ten seconds: the gain goes once through these values and back, then the reader gets a goal. */
export const opening: { readonly sweep: readonly number[]; readonly goal: Goal } = {
  sweep: [0.8, 1.25, 0.95],
  goal: {
    text: "Keep the signal between a tenth and ten times over all steps.",
    reached: ({ exact, status }) => exact && status.regime === "holding",
    solution: { gain: 1.05 },
    praise:
      "It holds. Try a louder input or other weights and see how narrow that range is. What if it explodes? Story two tells.",
  },
};
