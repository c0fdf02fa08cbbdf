import type { VNode } from "preact";
import { LostNote } from "../parts/lost-note.tsx";
import { ModelPanel } from "../training/model-panel.tsx";
import { TrainingPanel } from "../training/training-panel.tsx";
import { TextContext } from "./context.ts";
import { controls } from "./controls.ts";
import { TextData } from "./text-data.tsx";
import type { TextStore } from "./text-store.ts";
import { UsePanel } from "./use-panel.tsx";

/** Text: a network that learned to say the next character. */
export function TextTab({ store }: { readonly store: TextStore }): VNode {
  const { link, settings, from } = store;
  return (
    <TextContext.Provider value={store}>
      <LostNote why={link.lost.value} onRestart={() => link.restart()} />
      <UsePanel />
      <TextData />
      <ModelPanel link={link} controls={controls} settings={settings} from={from} />
      <TrainingPanel link={link} settings={settings} from={from} measure="Bits per character">
        <p>
          Training runs here, on this device, in its own thread. While it runs, the network above writes with
          the weights it has just then.
        </p>
      </TrainingPanel>
    </TextContext.Provider>
  );
}
