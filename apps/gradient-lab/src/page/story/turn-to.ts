import { defaults, phoneDefaults } from "../../core/controls.ts";
import type { LabState } from "../../core/settings.ts";
import { stateOfCard } from "../../core/stories/index.ts";
import type { Story } from "../../core/story.ts";
import { isNarrow } from "../parts/narrow.ts";
import type { Page } from "../parts/page.ts";

/**
 * Turns to a card. One that asks keeps the picture as it is until the question is `answered`, so that there is something
 * to predict; then, and for the others at once, the card sets its state.
 */
export function turnTo({ lab }: Page, story: Story, number: number, answered = false): void {
  const card = story.cards[number - 1];
  if (card.question && !answered) lab.change({ story: story.number, card: number });
  else lab.open(stateOfCard(story, number, lab.state.peek()));
}

/** A state over the defaults of this screen; what a teacher hid stays hidden. */
export function stateOf(part: Partial<LabState>, { hide, embed }: LabState): LabState {
  return { ...(isNarrow() ? phoneDefaults : defaults), ...part, hide, embed };
}
