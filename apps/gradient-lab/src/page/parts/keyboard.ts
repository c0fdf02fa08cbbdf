import { tidy } from "@unroll/page-parts";
import { controls } from "../../core/controls.ts";
import { modes } from "../map/modes.ts";
import type { Page } from "./page.ts";

/** Single keys that command the page from anywhere but a place where one writes, if they are not turned off. */
export function listenToKeys(page: Page): () => void {
  const { lab } = page;
  const { training } = lab;
  const gain = (by: number) => lab.change({ gain: tidy(controls.gain, lab.state.peek().gain + by) });
  const commands: Readonly<Record<string, () => void>> = {
    " ": () => (training.status.peek().playing ? training.pause() : training.play()),
    ".": () => training.forward(),
    ",": () => training.back(),
    r: () => training.rewind(),
    "[": () => gain(-0.01),
    "]": () => gain(0.01),
    m: () => {
      const all = modes(lab.pinned.peek() !== undefined).map(({ value }) => value);
      lab.change({ map: all[(all.indexOf(lab.state.peek().map) + 1) % all.length] });
    },
    p: () => lab.togglePin(),
    "?": () => {
      page.dialog.value = "keys";
    },
  };
  const listen = (event: KeyboardEvent) => {
    if (!page.singleKeys.peek() || page.dialog.peek() || event.defaultPrevented) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as HTMLElement;
    if (target.closest("input:not([type=range]), select, textarea")) return;
    // Space presses what has the focus.
    if (event.key === " " && target.closest("button, summary, a, [role=slider]")) return;
    const command = commands[event.key.toLowerCase()];
    if (!command) return;
    event.preventDefault();
    command();
  };
  addEventListener("keydown", listen);
  return () => removeEventListener("keydown", listen);
}
