import type { Story } from "../story.ts";
import { titles } from "./titles.ts";

export const story3: Story = {
  ...titles[3],
  cards: [
    {
      title: "The textbook line",
      text: [
        "A step can stretch a gradient by no more than the largest singular value of the weights, times the largest slope of the units. Over many steps this makes a straight line on the logarithmic axis: the bound.",
        "Here the units are linear and the weights are a rotation times the gain. The bound is reached: measured {measured}, allowed {bound}.",
      ],
      state: { cell: "linear" },
    },
    {
      title: "Units that squash",
      text: [
        "The same weights, with units that squash. Their slope is one at rest and less when they are driven.",
      ],
      question: {
        ask: "Where does the measured curve go?",
        choices: [
          {
            text: "Above the bound",
            right: false,
            holds: ({ status }) => status.measured > status.bound + 1e-9,
          },
          {
            text: "Onto the bound",
            right: false,
            holds: ({ status }) => Math.abs(status.measured - status.bound) < 1e-6,
          },
          {
            text: "Below the bound",
            right: true,
            holds: ({ status }) => status.measured < status.bound - 0.1,
          },
        ],
        answer: [
          "Below: {measured}, where the bound allows {bound}. A bound below one is a promise that the gradient vanishes, and it was kept, with something to spare.",
        ],
      },
      state: {},
    },
    {
      title: "A bound that grows",
      text: [
        "Now the weights are independent random numbers, of about the same size. Their largest singular value is above one, so the bound grows with every step.",
      ],
      question: {
        ask: "Does the gradient explode?",
        choices: [
          {
            text: "Yes, the bound says so",
            right: false,
            holds: ({ status }) => status.regime === "exploding",
          },
          { text: "It holds", right: false, holds: ({ status }) => status.regime === "holding" },
          {
            text: "It vanishes all the same",
            right: true,
            holds: ({ status }) => status.regime === "vanishing",
          },
        ],
        answer: [
          "It vanishes: {measured}, where the bound, with a largest singular value of {norm}, allows {bound}. The direction that is stretched most in one step is turned away in the next. Above one the bound promises nothing.",
        ],
      },
      state: { init: "gaussian", gain: 0.8 },
    },
    {
      title: "Eigenvalues don't decide either",
      text: [
        "This network has two units. All eigenvalues of its weights are zero, and one often reads that nothing can explode then. The states wander about and never settle.",
      ],
      question: {
        ask: "What does the gradient do?",
        choices: [
          { text: "It is gone after two steps", right: false, holds: ({ status }) => status.measured < -10 },
          { text: "It holds", right: false, holds: ({ status }) => status.regime === "holding" },
          { text: "It explodes", right: true, holds: ({ status }) => status.regime === "exploding" },
        ],
        answer: [
          "It explodes: {answer} over {lag} steps, with a spectral radius of {radius}. Eigenvalues of the weights decide for linear networks alone; between two steps the slopes of the units change what the weights do next.",
        ],
      },
      state: { init: "x1", hidden: 2, gain: 1, noise: 0, steps: 60 },
    },
    {
      title: "Your turn",
      text: ["Find a network about which the bound says one thing and the gradient does the other."],
      state: { init: "gaussian", gain: 1 },
      focus: ["init", "gain"],
      goal: {
        text: "Let the bound allow more than a thousand while less than a tenth is left.",
        reached: ({ exact, status }) => exact && status.bound > 3 && status.measured < -1,
        solution: { init: "gaussian", gain: 0.9 },
        praise:
          "A bound of {bound}, and {measured} in truth. When a text says “norm above one, so it explodes”, you know better.",
      },
    },
  ],
};
