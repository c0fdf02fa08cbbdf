import { effect } from "@preact/signals-core";
import type { Lab } from "../core/lab.ts";
import { linkOf, stateOfLink } from "../core/link/link.ts";

/** What of a window the address needs. */
export interface AddressWindow {
  readonly location: { readonly hash: string };
  readonly history: Pick<History, "pushState" | "replaceState">;
  addEventListener(type: "hashchange", listener: () => void): void;
  removeEventListener(type: "hashchange", listener: () => void): void;
  setTimeout(run: () => void, milliseconds: number): number;
  clearTimeout(timer: number): void;
}

/** Milliseconds between two changes of the address in a drag: browsers refuse more than a hundred in half a minute. */
const PAUSE = 300;

/**
 * Keeps the address of the page and the state of the lab in step. A story, a preset or a pin is a new entry in the history,
 * so "Back" takes it back; all else changes the entry there is. Returns what ends it.
 */
export function keepAddress(lab: Lab, window: AddressWindow): () => void {
  const { history, location } = window;
  let jumps = lab.jumps.peek();
  let timer: number | undefined;
  /** What the entry shall say, if that waits. */
  let pending: string | undefined;
  const flush = (): void => {
    window.clearTimeout(timer as number);
    timer = undefined;
    if (pending !== undefined && pending !== location.hash) history.replaceState(null, "", pending);
    pending = undefined;
  };
  const stop = effect(() => {
    const link = linkOf(lab.state.value);
    const jumped = lab.jumps.value !== jumps;
    jumps = lab.jumps.value;
    if (
      link === (pending ?? location.hash) ||
      (link === "#v1" && location.hash === "" && pending === undefined)
    )
      return;
    if (jumped) {
      flush();
      if (link !== location.hash) history.pushState(null, "", link);
    } else {
      pending = link;
      timer ??= window.setTimeout(flush, PAUSE);
    }
  });
  const followed = (): void => {
    pending = undefined;
    const { state, notes } = stateOfLink(location.hash);
    if (linkOf(state) === linkOf(lab.state.peek()) && notes.length === 0) return;
    // What comes from the address is its entry already; if it had to be changed, the entry is.
    jumps = lab.jumps.peek() + 1;
    lab.open(state, notes);
    flush();
  };
  window.addEventListener("hashchange", followed);
  return () => {
    flush();
    stop();
    window.removeEventListener("hashchange", followed);
  };
}
