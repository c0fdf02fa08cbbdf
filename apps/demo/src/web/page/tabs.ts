import { type Signal, signal } from "@preact/signals";
import type { ComponentType } from "preact";

/** The tasks of the page, by their places in the address: `#series`. */
export const TABS = { text: "Text", series: "Series", classify: "Classify" } as const;

export type Tab = keyof typeof TABS;

/** A tab that is loaded when it is first looked at, and keeps its state from then on. */
type Loaded = ComponentType;

const LATER: Readonly<Record<Exclude<Tab, "text">, () => Promise<Loaded>>> = {
  series: () => import("./series/series-tab.tsx").then(({ loadSeries }) => loadSeries()),
  classify: () => import("./classify/classify-tab.tsx").then(({ loadClassify }) => loadClassify()),
};

/** Which tab is looked at, and those that are there. */
export interface Tabs {
  readonly chosen: Signal<Tab>;
  readonly loaded: Signal<Partial<Record<Tab, Loaded>>>;
}

/** Tabs before any program runs: the first one. */
export function firstTab(): Tabs {
  return { chosen: signal("text"), loaded: signal({}) };
}

/** Tabs that follow the address of a page. */
export function followAddress({ chosen, loaded }: Tabs): void {
  const look = () => {
    const tab = location.hash.slice(1);
    chosen.value = Object.hasOwn(TABS, tab) ? (tab as Tab) : "text";
    const wanted = chosen.value;
    if (wanted === "text" || loaded.value[wanted]) return;
    LATER[wanted]().then((there) => {
      loaded.value = { [wanted]: there, ...loaded.value };
    });
  };
  addEventListener("hashchange", look);
  look();
}
