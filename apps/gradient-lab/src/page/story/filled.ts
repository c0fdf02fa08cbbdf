import type { Frame } from "../../core/frame.ts";
import { withFigures } from "../../core/stories/figures.ts";
import type { Card } from "../../core/story.ts";

/** A text with the figures of the frame in place of `{name}`; "…" until there is a frame. */
export function filled(
  text: string,
  figures: Card["figures"],
  frame: Frame | undefined,
  pinned: Frame | undefined,
): string {
  return frame ? withFigures(text, frame, pinned, figures) : text.replace(/\{\w+\}/g, "…");
}
