import { defaults } from "../controls.ts";
import type { LabState } from "../settings.ts";
import type { Story } from "../story.ts";

const LOAD: Readonly<Record<number, () => Promise<Story>>> = {
  1: async () => (await import("./story-1.ts")).story1,
  2: async () => (await import("./story-2.ts")).story2,
  3: async () => (await import("./story-3.ts")).story3,
  4: async () => (await import("./story-4.ts")).story4,
  6: async () => (await import("./story-6.ts")).story6,
  7: async () => (await import("./story-7.ts")).story7,
  8: async () => (await import("./story-8.ts")).story8,
  9: async () => (await import("./story-9.ts")).story9,
};

/** The text of a story, which is loaded when it is told; undefined if there is none of that number. */
export function loadStory(number: number): Promise<Story | undefined> {
  return LOAD[number]?.() ?? Promise.resolve(undefined);
}

/** What a card shows: its state over the defaults. What a teacher hides and the speed stay as they are. */
export function stateOfCard(story: Story, card: number, present: LabState): LabState {
  const { hide, embed, speed } = present;
  return { ...defaults, hide, embed, speed, ...story.cards[card - 1]?.state, story: story.number, card };
}
