import type { VNode } from "preact";

/** Lines on a field of 24×24. */
const PATHS = {
  play: "M7 5l12 7-12 7z",
  pause: "M8 5v14M16 5v14",
  forward: "M6 5l9 7-9 7zM18 5v14",
  back: "M18 5l-9 7 9 7zM6 5v14",
  rewind: "M12 5l-8 7 8 7zM20 5l-8 7 8 7z",
  branch: "M7 4v16M7 12c6 0 10-2 10-8M14 6l3-3 3 3",
  pin: "M9 4h6l-1 7 4 4H6l4-4zM12 15v6",
  link: "M10 14l4-4M8 11l-3 3a3.5 3.5 0 0 0 5 5l3-3M16 13l3-3a3.5 3.5 0 0 0-5-5l-3 3",
  open: "M3 18V6h6l2 3h10v9z",
  save: "M12 4v11M7 11l5 5 5-5M4 20h16",
  keys: "M3 7h18v11H3zM7 11h.01M11 11h.01M15 11h.01M8 14.5h8",
  close: "M6 6l12 12M18 6L6 18",
  controls: "M4 8h9M17 8h3M4 16h3M11 16h9M13 5.5v5M7 13.5v5",
  die: "M5 5h14v14H5zM9 9h.01M15 15h.01M12 12h.01",
  reset: "M5 12a7 7 0 1 0 2.5-5.4M5 4v4h4",
  right: "M5 12l5 5L20 7",
  wrong: "M7 7l10 10M17 7L7 17",
  vanishing: "M4 5c3 10 8 14 16 14M15 15l5 4-5 4",
  holding: "M4 12h15M14 7l5 5-5 5",
  exploding: "M4 19c9 0 13-5 15-14M13 7l6-3 3 6",
} as const;

export type IconName = keyof typeof PATHS;

/** A small picture that repeats what is said in words beside it, or in the label of its button. */
export function Icon({ name }: { readonly name: IconName }): VNode {
  const filled = name === "play" || name === "forward" || name === "back" || name === "rewind";
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" data-filled={filled}>
      <path d={PATHS[name]} />
    </svg>
  );
}
