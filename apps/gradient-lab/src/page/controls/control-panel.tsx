import type { VNode } from "preact";
import { type Controls, controls } from "../../core/controls.ts";
import type { ControlGroup } from "../../core/settings.ts";
import { usePage } from "../parts/page.ts";
import { applies } from "./applies.ts";
import { ControlField } from "./control-field.tsx";

const FOLDED = { training: "Training", advanced: "Advanced" } as const;

/** All controls: four groups open, two folded; without those that a link hides. */
export function ControlPanel({ without = [] }: { readonly without?: readonly ControlGroup[] }): VNode {
  const { lab } = usePage();
  const state = lab.state.value;
  const hidden = [...without, ...state.hide];
  const fields = (group: ControlGroup) =>
    (Object.keys(controls) as (keyof Controls)[])
      .filter((name) => controls[name].group === group && applies(name, state))
      .map((name) => <ControlField key={name} name={name} />);
  return (
    <div class="controls">
      {(["gain", "cell", "init", "steps"] as const).map((group) =>
        hidden.includes(group) ? null : fields(group),
      )}
      {(["training", "advanced"] as const).map((group) =>
        hidden.includes(group) ? null : (
          <details key={group} class="fold">
            <summary>{FOLDED[group]}</summary>
            <div class="controls">{fields(group)}</div>
          </details>
        ),
      )}
    </div>
  );
}
