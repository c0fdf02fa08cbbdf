import type { Story } from "../story.ts";
import { shareWithin } from "./figures.ts";
import { titles } from "./titles.ts";

const learning = { input: "text", optimizer: "adam", rate: 0.01 } as const;

export const story9: Story = {
  ...titles[9],
  cards: [
    {
      title: "Letters",
      text: [
        "The network reads how Moby-Dick begins and says, after every character, which one comes next. The characters stand on the axes. It has learned nothing yet: {loss} nats a character.",
      ],
      state: { ...learning, t: null, k: null },
    },
    {
      title: "Who is to blame",
      text: [
        "The map now shows how much each earlier character adds to the gradient of each error, after {updates} updates.",
      ],
      question: {
        ask: "From how far away does the network learn?",
        choices: [
          {
            text: "Nearly all from the last ten characters",
            right: true,
            holds: (frame) => shareWithin(frame, 10) > 0.7,
          },
          { text: "From everywhere alike", right: false, holds: (frame) => shareWithin(frame, 10) < 0.5 },
        ],
        answer: [
          "The loss is {loss}. Of the gradient, {near} come from ten characters or fewer. Walk along a row with the arrow keys: the row is an error, the columns are the characters that hear of it.",
        ],
      },
      state: { ...learning, trained: 150, map: "loss" },
    },
    {
      title: "Your sentence",
      text: [
        "The same network can read what you write. Type a sentence into the field Text; it is learned from, too.",
      ],
      state: { ...learning, map: "loss" },
      focus: ["text"],
      goal: {
        text: "Let it read a sentence of your own, of at least ten characters.",
        reached: ({ exact, settings }) =>
          exact && settings.input === "text" && Array.from(settings.text).length >= 10,
        solution: { ...learning, text: "she sells sea shells by the sea shore" },
        praise: "Press play and watch the rows change while it learns your sentence by heart.",
      },
    },
  ],
};
