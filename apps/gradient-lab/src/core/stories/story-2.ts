import type { Frame } from "../frame.ts";
import type { Story } from "../story.ts";
import { mean } from "./figures.ts";
import { titles } from "./titles.ts";

const lossOf = ({ chain }: Frame): number => mean(chain.loss);

export const story2: Story = {
  ...titles[2],
  cards: [
    {
      title: "Backwards it grows",
      text: [
        "The gain is one and a half. The arrows along the chain show how large the gradient is at each step; their width counts in powers of ten.",
      ],
      question: {
        ask: "Where is the arrow widest?",
        choices: [
          {
            text: "At the last step, where the error is nearest",
            right: false,
            holds: ({ chain, steps }) => chain.gradient[0] < chain.gradient[steps - 1],
          },
          {
            text: "At the first step, farthest from the last error",
            right: true,
            holds: ({ chain, steps }) => chain.gradient[0] > chain.gradient[steps - 1],
          },
        ],
        answer: [
          "The gradient at the first step is {growth} as large as that at the last one. What was a whisper is now a roar.",
        ],
      },
      state: { gain: 1.5 },
    },
    {
      title: "One step too far",
      text: [
        "Training changes the weights against the gradient, times the learning rate. We take a large rate, one half, and make {updates} updates.",
      ],
      question: {
        ask: "What becomes of the loss, which begins near one?",
        choices: [
          { text: "It falls, as it should", right: false, holds: (frame) => lossOf(frame) < 0.9 },
          {
            text: "It stays where it was",
            right: false,
            holds: (frame) => lossOf(frame) > 0.9 && lossOf(frame) < 10,
          },
          { text: "It is beyond a million", right: true, holds: (frame) => lossOf(frame) > 1e6 },
        ],
        answer: [
          "It is {loss}. A large step makes the next gradient larger, and that the next step. The units are driven so far that nothing passes any more: {answer} of step one reaches the end.",
        ],
      },
      state: { rate: 0.5, trained: 40 },
      focus: ["rate"],
    },
    {
      title: "The clip",
      text: [
        "Clipping by norm measures the length of the gradient before the update. If it is longer than the threshold, it is scaled down to it: the same direction, a smaller step.",
      ],
      question: {
        ask: "The same network, rate and updates, with the clip. What now?",
        choices: [
          { text: "The loss stays small", right: true, holds: (frame) => lossOf(frame) < 10 },
          { text: "It blows up a little later", right: false, holds: (frame) => lossOf(frame) > 1e3 },
        ],
        answer: ["The loss is {loss}, and the network still hears: {answer} of step one reaches the end."],
      },
      state: { rate: 0.5, trained: 40, clip: "norm", threshold: 0.1 },
      focus: ["clip", "threshold"],
    },
    {
      title: "What the clip does not do",
      text: [
        "Back to the network that explodes, with the clip on. The gradient of the weights is {gradient} long and becomes {clipped}: it is scaled by {factor}.",
        "The map is the same as without. The clip bounds the step; it does not calm the network, and small gradients stay small.",
      ],
      state: { gain: 1.5, clip: "norm", threshold: 1 },
      focus: ["clip"],
    },
    {
      title: "Your turn",
      text: ["How hard can you make the clip work?"],
      state: { gain: 1.25, clip: "norm", threshold: 1 },
      focus: ["gain", "threshold"],
      goal: {
        text: "Make the clip shorten the step to less than a hundredth.",
        reached: ({ exact, clip, settings }) => exact && settings.clip === "norm" && clip.factor < 0.01,
        solution: { gain: 2, clip: "norm", threshold: 1 },
        praise:
          "At this point the direction of the step comes from a few runaway terms alone. Clipping saves the weights, not the lesson.",
      },
    },
  ],
};
