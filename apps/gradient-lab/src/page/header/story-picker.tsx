import type { VNode } from "preact";
import { presets, stories } from "../../core/stories/index.ts";
import { usePage } from "../parts/page.ts";
import { shownPreset } from "../story/shown-preset.ts";
import { stateOf, turnTo } from "../story/turn-to.ts";

/** Stories and states worth seeing, by name. */
export function StoryPicker(): VNode {
  const page = usePage();
  const { lab } = page;
  const shown = String(lab.state.value.story ?? shownPreset(page)?.id ?? "");
  const pick = (value: string) => {
    const story = stories.find(({ number }) => String(number) === value);
    const preset = presets.find(({ id }) => id === value);
    if (story) story.load().then((whole) => turnTo(page, whole, 1));
    else lab.open({ ...stateOf(preset?.state ?? {}, lab.state.peek()) });
  };
  return (
    <select
      class="choice compact story-picker"
      aria-label="Stories and examples"
      value={shown}
      onChange={(event) => {
        pick(event.currentTarget.value);
        event.currentTarget.value = shown;
      }}
    >
      <option value="">Free play</option>
      <optgroup label="Stories">
        {stories.map(({ number, title }) => (
          <option key={number} value={String(number)}>
            {number}. {title}
          </option>
        ))}
      </optgroup>
      <optgroup label="Examples">
        {presets.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </optgroup>
    </select>
  );
}
