import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Lab } from "../../core/lab.ts";
import { narrowScreen } from "./narrow.ts";

/** A cell of the map: steps from 1, k ≤ t. */
export interface Cell {
  readonly t: number;
  readonly k: number;
}

type SecondLoad = typeof import("../second-load.ts");

/** The lab and what only the page knows of it. */
export interface Page {
  readonly lab: Lab;
  /** The selected cell; the last step and the first unless the state says otherwise. */
  readonly selected: ReadonlySignal<Cell>;
  /** The newest sentence for those who listen. */
  readonly said: Signal<string>;
  /** What is loaded after the first picture. */
  readonly second: Signal<SecondLoad | undefined>;
  /** Which dialog is open. */
  readonly dialog: Signal<"controls" | "keys" | undefined>;
  /** Whether the screen is a phone's: one column, Gain at the thumb. */
  readonly narrow: ReadonlySignal<boolean>;
  /** True while the gain moves by itself in the first seconds. */
  readonly introducing: Signal<boolean>;
  /** Whether single keys command the page. */
  readonly singleKeys: Signal<boolean>;
}

export function createPage(lab: Lab, narrow: ReadonlySignal<boolean> = narrowScreen()): Page {
  const selected = computed(() => {
    const steps = lab.frame.value?.steps ?? lab.state.value.steps;
    const t = Math.min(lab.state.value.t ?? steps, steps);
    return { t, k: Math.min(lab.state.value.k ?? 1, t) };
  });
  return {
    lab,
    selected,
    said: signal(""),
    second: signal(undefined),
    dialog: signal(undefined),
    narrow,
    introducing: signal(false),
    singleKeys: signal(true),
  };
}

export const PageContext: ReturnType<typeof createContext<Page>> = createContext<Page>(undefined as never);

export function usePage(): Page {
  return useContext(PageContext);
}

/** Moves the selection within the triangle; k gives way to t. */
export function select({ lab }: Page, t: number, k: number): void {
  const steps = lab.frame.peek()?.steps ?? lab.state.peek().steps;
  const row = Math.min(steps, Math.max(1, t));
  lab.change({ t: row, k: Math.min(row, Math.max(1, k)) });
}
