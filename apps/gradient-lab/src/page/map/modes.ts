import type { MapMode } from "../../core/settings.ts";

const MODES: readonly { readonly value: MapMode; readonly label: string }[] = [
  { value: "measured", label: "measured" },
  { value: "bound", label: "textbook bound" },
  { value: "ratio", label: "measured / bound" },
  { value: "loss", label: "loss gradient" },
  { value: "share", label: "share of gradient" },
  { value: "difference", label: "B against A" },
];

/** The modes of the map in the order in which M goes through them; the last one needs a pinned A. */
export function modes(pinned: boolean): typeof MODES {
  return pinned ? MODES : MODES.slice(0, -1);
}
