import type { Signal } from "@preact/signals";
import { NumberField } from "@unroll/page-parts";
import type { VNode } from "preact";
import type { SettingControls } from "./settings.ts";

interface Props {
  readonly controls: SettingControls;
  readonly values: Signal<Readonly<Record<string, number>>>;
  /** Why they cannot be changed now. */
  readonly locked?: string | undefined;
}

/** The settings of the next run. */
export function SettingsForm({ controls, values, locked }: Props): VNode {
  const fields = (group: SettingControls["open"]) =>
    Object.entries(group).map(([name, control]) => (
      <NumberField
        key={name}
        name={name}
        control={control}
        value={values.value[name] ?? control.default}
        onChange={(value) => (values.value = { ...values.peek(), [name]: Number(value) })}
      />
    ));
  return (
    <fieldset class="settings" disabled={locked !== undefined}>
      <legend class="heard">Settings</legend>
      {locked && <p class="small soft locked">{locked}</p>}
      <div class="controls">{fields(controls.open)}</div>
      <details class="fold">
        <summary>More</summary>
        <div class="controls">{fields(controls.more)}</div>
      </details>
    </fieldset>
  );
}
