import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { opening, stories } from "../../core/stories/index.ts";
import type { Story } from "../../core/story.ts";
import { usePage } from "../parts/page.ts";
import { Panel } from "../parts/panel.tsx";
import { Goals } from "./goal.tsx";
import { shownPreset } from "./shown-preset.ts";
import { StoryCard } from "./story-card.tsx";
import { turnTo } from "./turn-to.ts";

/** The story told, or, before one is chosen, the first goal and the list of stories. */
export function StoryPanel(): VNode {
  const page = usePage();
  const { story: told, card } = page.lab.state.value;
  const story = useStory(told);
  const preset = shownPreset(page);
  if (story)
    return (
      <Panel key="story" name="story-panel" title={`Story ${story.number}: ${story.title}`} folds="unfolded">
        <StoryCard key={`${told} ${card}`} story={story} number={Math.min(card, story.cards.length)} />
      </Panel>
    );
  if (preset)
    return (
      <Panel key="example" name="story-panel" title="Example">
        <h3 class="card-title">{preset.title}</h3>
        <p>{preset.summary}</p>
      </Panel>
    );
  return (
    <Panel
      key="start"
      name="story-panel"
      title="Start here"
      folds="folded"
      lead={<Goals goals={opening.goals} />}
    >
      <h3>Stories</h3>
      <ol class="story-list">
        {stories.map((story) => (
          <li key={story.number}>
            <button type="button" onClick={() => story.load().then((whole) => turnTo(page, whole, 1))}>
              <span class="story-title">{story.title}</span>
              <span class="soft small">{story.summary}</span>
            </button>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

/** The story of a number, as soon as its text is there. */
function useStory(number: number | null): Story | undefined {
  const [story, setStory] = useState<Story>();
  useEffect(() => {
    stories
      .find((listed) => listed.number === number)
      ?.load()
      .then(setStory);
  }, [number]);
  return story?.number === number ? story : undefined;
}
