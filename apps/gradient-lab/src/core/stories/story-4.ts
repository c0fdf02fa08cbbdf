import { defaults } from "../controls.ts";
import { settingsOf } from "../settings.ts";
import type { Story } from "../story.ts";
import { titles } from "./titles.ts";

const pin = settingsOf(defaults);

export const story4: Story = {
  ...titles[4],
  cards: [
    {
      title: "The slope is the ear",
      text: [
        "A unit squashes its sum. Near zero it does so gently and its slope is one; far out it is flat. The gradient is multiplied by that slope at every unit it passes.",
        "The histogram shows the slopes of all units at all steps. With quiet input they are wide open: {open} on average.",
      ],
      state: {},
    },
    {
      title: "Turn up the input",
      text: ["The input becomes five times as loud. Not one recurrent weight changes."],
      question: {
        ask: "How much of the gradient is left, compared with before?",
        choices: [
          {
            text: "The same: the weights are the same",
            right: false,
            holds: ({ status }, a) => status.measured - (a?.status.measured ?? 0) > -0.1,
          },
          {
            text: "A fifth",
            right: false,
            holds: ({ status }, a) => Math.abs(status.measured - (a?.status.measured ?? 0) + 0.7) < 0.4,
          },
          {
            text: "Less than a hundredth",
            right: true,
            holds: ({ status }, a) => status.measured - (a?.status.measured ?? 0) < -2,
          },
        ],
        answer: [
          "It is {change} of what it was. On average the units are {open} open now, and every step multiplies that in. The bound has not moved: it knows only the weights.",
        ],
      },
      state: { noise: 0.5, pin },
      focus: ["noise"],
    },
    {
      title: "Without squashing",
      text: ["The same loud input, with linear units."],
      question: {
        ask: "What does the loud input do to the gradient now?",
        choices: [
          {
            text: "Nothing at all",
            right: true,
            holds: ({ status }) => Math.abs(status.measured - status.bound) < 1e-6,
          },
          {
            text: "It makes it vanish faster",
            right: false,
            holds: ({ status }) => status.measured < status.bound - 0.1,
          },
        ],
        answer: [
          "Nothing: {measured} is left, just what the weights alone give. In a linear network the gradient does not depend on the input.",
        ],
      },
      state: { cell: "linear", noise: 0.5, pin },
      focus: ["cell"],
    },
    {
      title: "Open or shut",
      text: [
        "ReLU units have slope one or zero, nothing between. They can't be flattened by loud input, but they can be shut.",
      ],
      question: {
        ask: "How much passes through a chain of ReLU units, with quiet input?",
        choices: [
          {
            text: "As much as with linear units: open units pass all",
            right: false,
            holds: ({ status }) => status.measured > -1.2,
          },
          {
            text: "Far less than with the squashing units of the beginning",
            right: true,
            holds: ({ status }, a) => status.measured - (a?.status.measured ?? 0) < -2,
          },
        ],
        answer: [
          "Only {answer}. About {open} of the units are open at a time, others at every step, and what meets a shut one is lost.",
        ],
      },
      state: { cell: "relu", pin },
      focus: ["cell"],
    },
    {
      title: "Your turn",
      text: ["Leave weights and units as they are."],
      state: {},
      focus: ["noise"],
      goal: {
        text: "Make less than a thousandth arrive by the input alone.",
        reached: ({ exact, status, settings }) =>
          exact && status.measured < -3 && settings.gain >= defaults.gain && settings.cell === "tanh",
        solution: { noise: 0.5 },
        praise: "That is one reason why inputs are scaled before they are fed to a network.",
      },
    },
  ],
};
