import type { VNode } from "preact";
import { useId } from "preact/hooks";
import { Panel } from "../parts/panel.tsx";
import { SettingsForm } from "../training/settings-form.tsx";
import { underWay } from "../training/training-panel.tsx";
import { useTextStore } from "./context.ts";
import { controls } from "./controls.ts";

/** The network of the next run. */
export function ModelPanel(): VNode {
  const { link, settings, from } = useTextStore();
  const id = useId();
  const locked = underWay(link.training.value);
  return (
    <Panel name="model" step={2} title="Model">
      <label class="field" for={id}>
        <span>Starts from</span>
        <select
          id={id}
          class="choice"
          disabled={locked}
          value={from.value}
          onChange={({ currentTarget }) => (from.value = currentTarget.value === "model" ? "model" : "seed")}
        >
          <option value="seed">new weights, drawn with the seed</option>
          <option value="model">the weights of the network that writes</option>
        </select>
      </label>
      <SettingsForm
        controls={controls}
        values={settings}
        locked={locked ? "A run is under way: stop it, or rewind it, to change these." : undefined}
      />
    </Panel>
  );
}
