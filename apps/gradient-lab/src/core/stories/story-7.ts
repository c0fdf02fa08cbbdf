import { defaults } from "../controls.ts";
import { settingsOf } from "../settings.ts";
import type { Story } from "../story.ts";
import { titles } from "./titles.ts";

const rotation = settingsOf({ ...defaults, gain: 1 });

export const story7: Story = {
  ...titles[7],
  cards: [
    {
      title: "A rotation",
      text: [
        "Orthogonal weights are a rotation: they change no length, and all their singular values are equal. With gain one only the squashing takes something away: {answer} of step one reaches step {T}.",
      ],
      state: { gain: 1 },
    },
    {
      title: "Random numbers",
      text: [
        "Now independent random numbers, scaled so that an average vector keeps its length. They stretch some directions and shrink others.",
      ],
      question: {
        ask: "Which network hands on more?",
        choices: [
          {
            text: "The random one: it stretches some directions",
            right: false,
            holds: ({ status }, a) => status.measured > (a?.status.measured ?? 0),
          },
          {
            text: "The rotation",
            right: true,
            holds: ({ status }, a) => status.measured < (a?.status.measured ?? 0),
          },
        ],
        answer: [
          "The rotation: {pinnedAnswer}, against {answer}. The singular values of the random network reach from {smallest} to {norm}; stretched and shrunk directions follow each other, and the product of many such steps is smaller than it looks.",
        ],
      },
      state: { init: "gaussian", gain: 1, pin: rotation },
      focus: ["init"],
    },
    {
      title: "The identity",
      text: ["The simplest choice: every unit keeps its own value and listens to nobody else."],
      question: {
        ask: "How does it compare with the rotation?",
        choices: [
          {
            text: "It hands on more",
            right: true,
            holds: ({ status }, a) => status.measured > (a?.status.measured ?? 0),
          },
          {
            text: "It hands on less",
            right: false,
            holds: ({ status }, a) => status.measured < (a?.status.measured ?? 0),
          },
        ],
        answer: [
          "It hands on {answer}, against {pinnedAnswer}. The best unit decides here: one that stays near zero passes almost all. But the units don't talk to each other, until training makes them.",
        ],
      },
      state: { init: "identity", gain: 1, pin: rotation },
      focus: ["init"],
    },
    {
      title: "The edge of chaos",
      text: [
        "Random weights with a gain of one and a half. Without input such a network is chaotic: neighboring states run apart. Here the input is loud, and the spectral radius is above one.",
      ],
      question: {
        ask: "Do gradients explode?",
        choices: [
          {
            text: "Yes: the spectral radius is above one",
            right: false,
            holds: ({ spectrum }) => spectrum.lyapunov > 0.02,
          },
          {
            text: "No: the loud input calms the network",
            right: true,
            holds: ({ spectrum, status }) => spectrum.lyapunov < 0 && status.regime !== "exploding",
          },
        ],
        answer: [
          "No: with a spectral radius of {radius}, {answer} of step one reaches step {T}. The input drives the units to where their slopes are small. How large a gain a network bears depends on what it reads.",
        ],
      },
      state: { init: "gaussian", gain: 1.5, noise: 0.5, hidden: 60, steps: 60 },
    },
    {
      title: "Your turn",
      text: ["Random weights, quiet input."],
      state: { init: "gaussian", gain: 0.8 },
      focus: ["gain"],
      goal: {
        text: "Keep the signal between a tenth and ten times with random (Gaussian) weights.",
        reached: ({ exact, settings, status }) =>
          exact && settings.init === "gaussian" && status.regime === "holding",
        solution: { init: "gaussian", gain: 1.2 },
        praise:
          "It holds with a spectral radius of {radius}. The usual advice, to stay below one, would have made it vanish.",
      },
    },
  ],
};
