import type { VNode } from "preact";
import { ControlPanel } from "../controls/control-panel.tsx";
import { usePage } from "../parts/page.ts";
import { Dialog } from "./dialog.tsx";

/** On a phone: the controls on a sheet from below, without Gain, which stands in the bar. */
export function ControlsDialog(): VNode {
  const page = usePage();
  return (
    <Dialog
      name="controls-dialog"
      title="Controls"
      onClose={() => {
        page.dialog.value = undefined;
      }}
    >
      <ControlPanel without={["gain"]} />
    </Dialog>
  );
}
