import type { VNode } from "preact";
import { TrainingPanel } from "../training/training-panel.tsx";
import { TextContext } from "./context.ts";
import { DataPanel } from "./data-panel.tsx";
import { ModelPanel } from "./model-panel.tsx";
import type { TextStore } from "./text-store.ts";
import { UsePanel } from "./use-panel.tsx";

/** Text: a network that learned to say the next character. */
export function TextTab({ store }: { readonly store: TextStore }): VNode {
  return (
    <TextContext.Provider value={store}>
      <UsePanel />
      <DataPanel />
      <ModelPanel />
      <TrainingPanel
        link={store.link}
        settings={store.settings}
        from={store.from}
        measure="Bits per character"
      >
        <p>
          Training runs here, on this device, in its own thread. While it runs, the network above writes with
          the weights it has just then.
        </p>
      </TrainingPanel>
    </TextContext.Provider>
  );
}
