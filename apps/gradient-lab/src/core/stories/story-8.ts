import { defaults } from "../controls.ts";
import { settingsOf } from "../settings.ts";
import type { Story } from "../story.ts";
import { mean } from "./figures.ts";
import { titles } from "./titles.ts";

const learning = { optimizer: "adam", rate: 0.01 } as const;
const before = settingsOf({ ...defaults, ...learning });

export const story8: Story = {
  ...titles[8],
  cards: [
    {
      title: "Before",
      text: [
        "The network hears noise and should say, at every step, the very first number it heard. To do that it must carry it along. Its eigenvalues lie on a circle of radius {radius}, and {answer} of the gradient comes through.",
      ],
      state: { ...learning },
    },
    {
      title: "After some training",
      text: ["Now {updates} updates of the weights have been made."],
      question: {
        ask: "Where did the spectral radius go?",
        choices: [
          {
            text: "It fell: training makes networks calm",
            right: false,
            holds: ({ spectrum }, a) => spectrum.radius < (a?.spectrum.radius ?? 0),
          },
          { text: "It grew beyond one", right: true, holds: ({ spectrum }) => spectrum.radius > 1.05 },
          {
            text: "It stayed",
            right: false,
            holds: ({ spectrum }, a) => Math.abs(spectrum.radius - (a?.spectrum.radius ?? 0)) < 0.02,
          },
        ],
        answer: [
          "From {pinnedRadius} to {radius}: some eigenvalues left the circle, to hold what is to be remembered. Of the gradient {answer} comes through, where it was {pinnedAnswer}. The training curve shows how the loss falls meanwhile.",
        ],
      },
      state: { ...learning, trained: 150, pin: before },
    },
    {
      title: "And further",
      text: [
        "After {updates} updates the spectral radius is above one. The network remembers by driving some units hard, one way or the other: a latch.",
      ],
      question: {
        ask: "Does the gradient explode now?",
        choices: [
          {
            text: "Yes, with such a radius",
            right: false,
            holds: ({ status }) => status.regime === "exploding",
          },
          { text: "It holds", right: false, holds: ({ status }) => status.regime === "holding" },
          { text: "No, it vanishes", right: true, holds: ({ status }) => status.regime === "vanishing" },
        ],
        answer: [
          "Only {answer} comes through, with a spectral radius of {radius}: the units are {open} open on average. A unit that holds its value firmly no longer feels small changes. A gradient that vanishes is not always a failure; sometimes it is what a firm memory looks like.",
        ],
      },
      state: { ...learning, trained: 500, pin: before },
    },
    {
      title: "Your turn",
      text: [
        "Press play, or move along the updates. You can go back to any of them: the weights are the same to the last bit.",
      ],
      state: { ...learning },
      focus: ["trained"],
      goal: {
        text: "Train until the spectral radius is above one and a half, without touching the gain.",
        reached: ({ settings, spectrum }) =>
          settings.trained > 0 && settings.gain <= defaults.gain && spectrum.radius > 1.5,
        solution: { ...learning, trained: 300 },
        praise:
          "Look at the curves: the loss fell while the radius grew. Now turn the rate up and see how training fails.",
      },
    },
    {
      title: "Too fast",
      text: ["Once more from the beginning, with a rate ten times as large, for {updates} updates."],
      question: {
        ask: "What becomes of the units?",
        choices: [
          {
            text: "They stay as open as they were",
            right: false,
            holds: ({ chain }) => mean(chain.openness) > 0.8,
          },
          {
            text: "About half of them close",
            right: false,
            holds: ({ chain }) => Math.abs(mean(chain.openness) - 0.5) < 0.2,
          },
          {
            text: "Nearly all are driven flat",
            right: true,
            holds: ({ chain }) => mean(chain.openness) < 0.1,
          },
        ],
        answer: [
          "They are {open} open, the spectral radius is {radius}, and {answer} of the gradient comes through. A network that hears nothing doesn't find its way back.",
        ],
      },
      state: { ...learning, rate: 0.1, trained: 100, pin: before },
      focus: ["rate"],
    },
  ],
};
