import { Button } from "@unroll/page-parts";
import type { VNode } from "preact";
import { usePage } from "../parts/page.ts";
import { ExportMenu } from "../share/export-menu.tsx";
import { ShareButton } from "../share/share-button.tsx";
import { Transport } from "./transport.tsx";

/** The name, and what one does with the whole: tell, train, pin, share, save, open. */
export function Header(): VNode {
  const page = usePage();
  const { lab } = page;
  const second = page.second.value;
  const { hide } = lab.state.value;
  return (
    <header class="header">
      <h1>gradient-lab</h1>
      {!hide.includes("story") &&
        (second ? <second.StoryPicker /> : <div class="choice compact story-picker" />)}
      {!hide.includes("training") && !page.narrow.value && <Transport />}
      <div class="actions">
        <Button
          icon="pin"
          label={lab.state.value.pin ? "Unpin A" : "Pin A"}
          keys="p"
          wide
          pressed={lab.state.value.pin !== null}
          onPress={() => lab.togglePin()}
        />
        <ShareButton />
        <ExportMenu />
        <Button icon="open" label="Open" disabled={!second} onPress={() => second?.chooseFile(page)} />
        <Button
          icon="keys"
          label="Keys"
          keys="?"
          onPress={() => {
            page.dialog.value = "keys";
          }}
        />
      </div>
    </header>
  );
}
