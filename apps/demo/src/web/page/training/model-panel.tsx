import type { Signal } from "@preact/signals";
import type { VNode } from "preact";
import { useId } from "preact/hooks";
import type { TaskLink } from "../../browser/task-link.ts";
import { Panel } from "../parts/panel.tsx";
import type { SettingControls } from "./settings.ts";
import { SettingsForm } from "./settings-form.tsx";
import { underWay } from "./training-panel.tsx";

interface ModelPanelProps<Asked, Data, Model, Answer> {
  readonly link: TaskLink<Asked, Data, Model, Answer>;
  readonly controls: SettingControls;
  readonly settings: Signal<Readonly<Record<string, number>>>;
  /** Where the weights come from, if there is a choice. */
  readonly from?: Signal<"seed" | "model">;
}

/** The network of the next run. */
export function ModelPanel<Asked, Data, Model, Answer>({
  link,
  controls,
  settings,
  from,
}: ModelPanelProps<Asked, Data, Model, Answer>): VNode {
  const id = useId();
  const locked = underWay(link.training.value);
  return (
    <Panel name="model" step={2} title="Model">
      {from && (
        <label class="field" for={id}>
          <span>Starts from</span>
          <select
            id={id}
            class="choice"
            disabled={locked}
            value={from.value}
            onChange={({ currentTarget }) => {
              from.value = currentTarget.value === "model" ? "model" : "seed";
            }}
          >
            <option value="seed">new weights, drawn with the seed</option>
            <option value="model">the weights of the network above</option>
          </select>
        </label>
      )}
      <SettingsForm
        controls={controls}
        values={settings}
        locked={locked ? "A run is under way: stop it, or rewind it, to change these." : undefined}
      />
    </Panel>
  );
}
