import type { VNode } from "preact";
import { Chain } from "./chain/chain.tsx";
import { DecayPanel } from "./charts/decay-panel.tsx";
import { ControlPanel } from "./controls/control-panel.tsx";
import { Header } from "./header/header.tsx";
import { Headline } from "./header/headline.tsx";
import { StatusBar } from "./header/status-bar.tsx";
import { MapPanel } from "./map/map-panel.tsx";
import { Heard } from "./parts/heard.tsx";
import { Notes } from "./parts/notes.tsx";
import { type Page, PageContext } from "./parts/page.ts";
import { PhoneBar } from "./phone-bar.tsx";

const CHAIN = <Chain key="chain" />;
const MAP = <MapPanel key="map" />;
const DECAY = <DecayPanel key="decay" />;

/** The whole screen. */
export function App({ page }: { readonly page: Page }): VNode {
  const { embed, hide } = page.lab.state.value;
  const dialog = page.dialog.value;
  const second = page.second.value;
  const narrow = page.narrow.value;
  return (
    <PageContext.Provider value={page}>
      <div class="lab" data-embed={embed}>
        {!embed && <Header />}
        {!embed && !narrow && (
          <aside class="side-controls" aria-label="Controls">
            <ControlPanel />
          </aside>
        )}
        <main class="pictures">
          {embed && <h1 class="heard">gradient-lab</h1>}
          <Notes />
          <Headline />
          {narrow ? [DECAY, second && MAP, second && CHAIN] : [CHAIN, MAP, DECAY]}
          {second && <second.SpectrumPanel />}
        </main>
        {!embed && (
          <aside class="side-story" aria-label="Story and training">
            {!hide.includes("story") &&
              (second ? <second.StoryPanel /> : <div class="panel story-panel" data-waiting />)}
            {second && !hide.includes("training") && <second.TrainingPanel />}
          </aside>
        )}
        <StatusBar />
        {!embed && narrow && <PhoneBar />}
        <Heard />
        {second && dialog === "keys" && <second.KeysDialog />}
        {second && dialog === "controls" && <second.ControlsDialog />}
      </div>
    </PageContext.Provider>
  );
}
