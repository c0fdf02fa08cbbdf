import { defaults } from "../controls.ts";
import { settingsOf } from "../settings.ts";
import type { Story } from "../story.ts";
import { opening } from "./opening.ts";
import { titles } from "./titles.ts";

const pin = settingsOf(defaults);

export const story1: Story = {
  ...titles[1],
  cards: [
    {
      title: "A message down the line",
      text: [
        "A recurrent network reads a sequence step by step. What it remembers is a list of {n} numbers. At every step the same weights mix them, and each unit squashes its sum.",
        "To learn, an error at step {T} must tell step one what to change. The message goes back through the same weights, once for every step, like a whisper down a chain of people.",
      ],
      question: {
        ask: "How much of the message do you think arrives at step one?",
        choices: [
          { text: "About half", right: false, holds: ({ status }) => status.measured > -0.7 },
          {
            text: "A few percent",
            right: true,
            holds: ({ status }) => status.measured < -1 && status.measured > -2,
          },
          { text: "Nothing at all", right: false, holds: ({ status }) => status.measured < -3 },
        ],
        answer: [
          "It is {answer}. A step hands on about {perStep} of it. That sounds like a lot, but {lag} steps multiply: the message halves every {halfLife}.",
        ],
      },
      state: {},
    },
    {
      title: "Turn it down a little",
      text: [
        "The gain multiplies the weights. Let us turn it down by a sixth. The dotted curve keeps what was before.",
      ],
      question: {
        ask: "How much arrives now?",
        choices: [
          {
            text: "A sixth less than before",
            right: false,
            holds: ({ status }, a) => status.measured - (a?.status.measured ?? 0) > -0.3,
          },
          {
            text: "A tenth of what arrived before",
            right: false,
            holds: ({ status }, a) => Math.abs(status.measured - (a?.status.measured ?? 0) + 1) < 0.3,
          },
          {
            text: "Less than a hundredth of what arrived before",
            right: true,
            holds: ({ status }, a) => status.measured - (a?.status.measured ?? 0) < -2,
          },
        ],
        answer: [
          "Now it is {answer}, where it was {pinnedAnswer}. A small change of a factor is a large one when the factor counts {lag} times. This is the vanishing gradient.",
        ],
      },
      state: { gain: 0.8, pin },
      focus: ["gain"],
    },
    {
      title: "Turn it up",
      text: ["Now the gain goes to one and a quarter: every step may hand on more than it got."],
      question: {
        ask: "What happens to the message?",
        choices: [
          {
            text: "It arrives as it was sent",
            right: false,
            holds: ({ status }) => status.regime === "holding",
          },
          {
            text: "It arrives many times too large",
            right: true,
            holds: ({ status }) => status.regime === "exploding",
          },
          { text: "It still fades", right: false, holds: ({ status }) => status.regime === "vanishing" },
        ],
        answer: [
          "It arrives {answer} as large, and doubles every {halfLife}. This is the exploding gradient: one step of learning now throws the weights far away.",
        ],
      },
      state: { gain: 1.25, pin },
      focus: ["gain"],
    },
    {
      title: "Your turn",
      text: ["Between the two lies a narrow range in which the message holds."],
      state: {},
      focus: ["gain"],
      goal: opening.goals[0],
    },
    {
      title: "What is lost can't be learned",
      text: [
        "The picture now shows how much each pair of steps adds to the gradient of the weights. Almost all of it lies near the diagonal: {near} come from ten steps or fewer.",
        "To the weights it looks as if the far past had no effect. The network could use it; nobody tells it to.",
      ],
      state: { map: "share" },
    },
  ],
};
