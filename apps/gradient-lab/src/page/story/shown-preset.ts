import { linkOf } from "../../core/link/link.ts";
import type { Preset } from "../../core/story.ts";
import type { Page } from "../parts/page.ts";
import { stateOf } from "./turn-to.ts";

/** The example that is shown, if it is one, unchanged but for where one looks. */
export function shownPreset({ lab, second }: Page): Preset | undefined {
  const { t, k, map, pin, speed } = lab.state.value;
  const link = linkOf(lab.state.value);
  return second.value?.presets.find(
    ({ state }) => linkOf({ ...stateOf(state, lab.state.value), t, k, map, pin, speed }) === link,
  );
}
