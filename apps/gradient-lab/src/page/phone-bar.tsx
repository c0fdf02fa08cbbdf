import { Button } from "@unroll/page-parts";
import type { VNode } from "preact";
import { ControlField } from "./controls/control-field.tsx";
import { usePage } from "./parts/page.ts";

/** On a phone: Gain at the thumb, and the way to the other controls. */
export function PhoneBar(): VNode | null {
  const page = usePage();
  const { state, model } = page.lab;
  const gain = !state.value.hide.includes("gain") && !model.value;
  return (
    <section class="phone-bar" aria-label="Gain and more">
      {gain && <ControlField name="gain" />}
      <Button
        icon="controls"
        label="More controls"
        onPress={() => {
          page.dialog.value = "controls";
        }}
      />
    </section>
  );
}
