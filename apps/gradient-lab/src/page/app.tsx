import type { VNode } from "preact";
import { Chain } from "./chain/chain.tsx";
import { DecayPanel } from "./charts/decay-panel.tsx";
import { ControlPanel } from "./controls/control-panel.tsx";
import { ControlsDialog } from "./dialogs/controls-dialog.tsx";
import { KeysDialog } from "./dialogs/keys-dialog.tsx";
import { Header } from "./header/header.tsx";
import { Headline } from "./header/headline.tsx";
import { StatusBar } from "./header/status-bar.tsx";
import { MapPanel } from "./map/map-panel.tsx";
import { Heard } from "./parts/heard.tsx";
import { Notes } from "./parts/notes.tsx";
import { type Page, PageContext } from "./parts/page.ts";
import { PhoneBar } from "./phone-bar.tsx";
import { SpectrumPanel } from "./spectrum/spectrum-panel.tsx";
import { StoryPanel } from "./story/story-panel.tsx";
import { TrainingPanel } from "./training/training-panel.tsx";

const CHAIN = <Chain key="chain" />;
const MAP = <MapPanel key="map" />;
const DECAY = <DecayPanel key="decay" />;
const SPECTRUM = <SpectrumPanel key="spectrum" />;

/** The pictures in the order in which they are seen. */
function picturesOf(narrow: boolean, brief = false): readonly VNode[] {
  if (narrow) return brief ? [DECAY] : [DECAY, MAP, CHAIN, SPECTRUM];
  return brief ? [CHAIN, MAP, DECAY] : [CHAIN, MAP, DECAY, SPECTRUM];
}

interface Props {
  readonly page: Page;
  /** Only what is seen first. */
  readonly brief?: boolean;
}

/** The whole screen. */
export function App({ page, brief }: Props): VNode {
  const { embed, hide } = page.lab.state.value;
  const dialog = page.dialog.value;
  return (
    <PageContext.Provider value={page}>
      <div class="lab" data-embed={embed}>
        {!embed && <Header />}
        {!embed && (
          <aside class="side-controls" aria-label="Controls">
            <ControlPanel />
          </aside>
        )}
        <main class="pictures">
          <Notes />
          <Headline />
          {picturesOf(page.narrow.value, brief)}
        </main>
        {!embed && (
          <aside class="side-story" aria-label="Story and training">
            {!hide.includes("story") && <StoryPanel />}
            {!hide.includes("training") && <TrainingPanel />}
          </aside>
        )}
        <StatusBar />
        {!embed && <PhoneBar />}
        <Heard />
        {dialog === "keys" && <KeysDialog />}
        {dialog === "controls" && <ControlsDialog />}
      </div>
    </PageContext.Provider>
  );
}
