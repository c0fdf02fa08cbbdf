import type { Frame } from "../../core/frame.ts";
import type { Card } from "../../core/story.ts";

/** A text with the figures of the frame in place of `{name}`; "…" until there is a frame. */
export function filled(text: string, figures: Card["figures"], frame: Frame | undefined): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => (frame && figures?.[name]?.(frame)) ?? "…");
}
