import { linkOf } from "../../core/link/link.ts";
import { presets } from "../../core/stories/presets.ts";
import type { Preset } from "../../core/story.ts";
import type { Page } from "../parts/page.ts";
import { stateOf } from "./turn-to.ts";

/** The example that is shown, if it is one, unchanged but for where one looks. */
export function shownPreset({ lab }: Page): Preset | undefined {
  const { t, k, map, pin, speed } = lab.state.value;
  const link = linkOf(lab.state.value);
  return presets.find(
    ({ state }) => linkOf({ ...stateOf(state, lab.state.value), t, k, map, pin, speed }) === link,
  );
}
