import { defaults } from "../controls.ts";
import type { LabState } from "../settings.ts";
import type { Story, StoryTitle } from "../story.ts";
import { titles } from "./titles.ts";

export { withFigures } from "./figures.ts";
export { opening } from "./opening.ts";
export { presets } from "./presets.ts";

/** A story in the list: its text is loaded when it is told. */
export interface ListedStory extends StoryTitle {
  load(): Promise<Story>;
}

/** The stories, in the order in which they are offered. */
export const stories: readonly ListedStory[] = [
  { ...titles[1], load: async () => (await import("./story-1.ts")).story1 },
  { ...titles[2], load: async () => (await import("./story-2.ts")).story2 },
  { ...titles[3], load: async () => (await import("./story-3.ts")).story3 },
  { ...titles[4], load: async () => (await import("./story-4.ts")).story4 },
  { ...titles[6], load: async () => (await import("./story-6.ts")).story6 },
  { ...titles[7], load: async () => (await import("./story-7.ts")).story7 },
  { ...titles[8], load: async () => (await import("./story-8.ts")).story8 },
  { ...titles[9], load: async () => (await import("./story-9.ts")).story9 },
];

/** What a card shows: its state over the defaults. What a teacher hides and the speed stay as they are. */
export function stateOfCard(story: Story, card: number, present: LabState): LabState {
  const { hide, embed, speed } = present;
  return { ...defaults, hide, embed, speed, ...story.cards[card - 1]?.state, story: story.number, card };
}
