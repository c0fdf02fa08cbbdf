import { type ReadonlySignal, signal } from "@preact/signals";

const QUERY = "(width < 700px)";

/** Whether the screen is a phone's now. */
export function isNarrow(): boolean {
  return matchMedia(QUERY).matches;
}

/** The same as it changes. */
export function narrowScreen(): ReadonlySignal<boolean> {
  const narrow = signal(isNarrow());
  matchMedia(QUERY).addEventListener("change", () => {
    narrow.value = isNarrow();
  });
  return narrow;
}
