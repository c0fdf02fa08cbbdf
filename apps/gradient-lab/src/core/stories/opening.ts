import type { Goal } from "../story.ts";

/**
 * The first ten seconds: the gain goes once through these values and back, so that a gradient vanishes, holds and explodes. Then the
 * reader makes each happen, one goal after the other.
 */
export const opening: { readonly sweep: readonly number[]; readonly goals: readonly [Goal, Goal, Goal] } = {
  sweep: [0.8, 1.05, 1.25, 0.95],
  goals: [
    {
      text: "Move the gain. Make it hold: between a tenth and ten times of the signal is left after all steps.",
      reached: ({ exact, status }) => exact && status.regime === "holding",
      solution: { gain: 1.05 },
      praise: "It holds, within a narrow range of gains.",
    },
    {
      text: "Now make it explode: more than ten times arrives.",
      reached: ({ exact, status }) => exact && status.regime === "exploding",
      solution: { gain: 1.4 },
      praise: "It explodes: every step makes it larger. Story two shows what that does to training.",
    },
    {
      text: "And make it vanish: less than a thousandth is left.",
      reached: ({ exact, status }) => exact && status.measured < -3,
      solution: { gain: 0.7 },
      praise: "It vanishes: the last step can teach the first one nothing. Story one tells why.",
    },
  ],
};
