import { defaults } from "../controls.ts";
import { isCut } from "../cut.ts";
import type { Frame } from "../frame.ts";
import { settingsOf } from "../settings.ts";
import type { Story } from "../story.ts";
import { titles } from "./titles.ts";

const reaching = { ...settingsOf(defaults), gain: 1.1, truncate: 10 };
const errorOf = (frame: Frame | undefined): number => frame?.truncation?.relativeError ?? 0;
/** The step of the first marked number, from 1. */
const marked = ({ chain }: Frame): number => chain.input.findIndex((word) => word.endsWith("*")) + 1;

export const story6: Story = {
  ...titles[6],
  cards: [
    {
      title: "A long task",
      text: [
        "The network reads {T} numbers, two of them marked with a star. After the last one it should say the sum of these two. The only error arises at the last step.",
        "To learn to listen to the first star, the message must go back to step {first}.",
      ],
      state: { input: "adding", gain: 1.1 },
      figures: { first: (frame) => String(marked(frame)) },
    },
    {
      title: "Cut after ten steps",
      text: [
        "Going back through a long text is slow, so one often stops after some steps: truncated back-propagation. Here it stops after {K}. What is hatched is thrown away.",
      ],
      question: {
        ask: "Does the network get to know that it should have listened to the first star?",
        choices: [
          {
            text: "Yes, a little of it",
            right: false,
            holds: (frame) => !isCut(frame.settings, frame.steps, marked(frame)),
          },
          {
            text: "No, never",
            right: true,
            holds: (frame) => isCut(frame.settings, frame.steps, marked(frame)),
          },
        ],
        answer: [
          "Never. Of the gradient {kept} are kept, and all of that speaks of the last {K}. However long it trains, the first star stays unheard but by luck.",
        ],
      },
      state: { input: "adding", gain: 1.1, truncate: 10 },
      focus: ["truncate"],
    },
    {
      title: "When little would arrive",
      text: [
        "Now an error at every step, and the gain of the beginning, with which gradients vanish by themselves. The cut is again after {K}.",
      ],
      question: {
        ask: "How much of the gradient does the cut leave?",
        choices: [
          {
            text: "More than nine tenths",
            right: true,
            holds: ({ truncation }) => (truncation?.kept ?? 0) > 0.9,
          },
          {
            text: "About half",
            right: false,
            holds: ({ truncation }) => Math.abs((truncation?.kept ?? 0) - 0.5) < 0.2,
          },
          {
            text: "Less than a tenth",
            right: false,
            holds: ({ truncation }) => (truncation?.kept ?? 0) < 0.1,
          },
        ],
        answer: [
          "It leaves {kept}, and in nearly the right direction: the cosine is {cosine}. Cutting off what has vanished costs nothing.",
        ],
      },
      state: { truncate: 10 },
    },
    {
      title: "When much would arrive",
      text: [
        "With a gain of one and a quarter more comes from far away than from near. The cut is after {K}.",
      ],
      question: {
        ask: "And now?",
        choices: [
          {
            text: "It still leaves more than nine tenths",
            right: false,
            holds: ({ truncation }) => (truncation?.kept ?? 0) > 0.9,
          },
          {
            text: "It leaves less than two thirds, and bends the rest",
            right: true,
            holds: ({ truncation }) => (truncation?.kept ?? 1) < 2 / 3 && (truncation?.cosine ?? 1) < 0.9,
          },
        ],
        answer: [
          "Only {kept} are left, and the cosine is {cosine}: training would go another way than the loss asks for.",
        ],
      },
      state: { gain: 1.25, truncate: 10 },
    },
    {
      title: "Pieces",
      text: [
        "There are two ways to cut. So far every error could reach back equally far. Programs mostly cut the sequence into pieces instead: an error at the beginning of a piece reaches back hardly at all.",
      ],
      question: {
        ask: "With pieces as long as the reach was, which gradient is nearer to the whole one?",
        choices: [
          { text: "That of the equal reach", right: true, holds: (frame, a) => errorOf(a) < errorOf(frame) },
          { text: "That of the pieces", right: false, holds: (frame, a) => errorOf(a) > errorOf(frame) },
        ],
        answer: [
          "The pieces keep {kept}, the equal reach kept {pinnedKept}. Pieces are cheaper: every step is gone back through once.",
        ],
      },
      state: { gain: 1.1, truncate: 10, cut: "chunked", pin: reaching },
      focus: ["cut"],
    },
    {
      title: "Your turn",
      text: ["Keep the gain at one and a tenth or above, where much comes from far away."],
      state: { gain: 1.1, truncate: 10 },
      focus: ["truncate"],
      goal: {
        text: "Keep nine tenths of the gradient with a cut at half of the sequence or earlier.",
        reached: ({ exact, settings, steps, truncation }) =>
          exact &&
          settings.gain >= 1.1 &&
          settings.truncate !== null &&
          settings.truncate <= steps / 2 &&
          (truncation?.kept ?? 0) >= 0.9,
        solution: { gain: 1.1, truncate: 20 },
        praise:
          "How far back is far enough is a question about the network, not about the program. The decay curve answers it.",
      },
    },
  ],
};
