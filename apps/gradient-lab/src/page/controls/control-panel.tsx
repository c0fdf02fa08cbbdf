import type { ComponentChildren, VNode } from "preact";
import { useState } from "preact/hooks";
import { type Controls, controls } from "../../core/controls.ts";
import type { ControlGroup } from "../../core/settings.ts";
import { usePage } from "../parts/page.ts";
import { applies } from "./applies.ts";
import { ControlField } from "./control-field.tsx";

const FOLDED = { training: "Training", advanced: "Advanced" } as const;

/** All controls: four groups open, two folded; without those that a link hides. */
export function ControlPanel({ without = [] }: { readonly without?: readonly ControlGroup[] }): VNode {
  const { lab, second: loaded } = usePage();
  const second = loaded.value;
  const opened = lab.model.value !== undefined;
  const state = lab.state.value;
  const hidden = [...without, ...state.hide];
  const fields = (group: ControlGroup) =>
    (Object.keys(controls) as (keyof Controls)[])
      .filter((name) => controls[name].group === group && applies(name, state, opened))
      .map((name) => <ControlField key={name} name={name} />);
  return (
    <div class="controls">
      {second && <second.ModelCard />}
      {(["gain", "cell", "init", "steps"] as const).map((group) =>
        hidden.includes(group) ? null : fields(group),
      )}
      {(["training", "advanced"] as const).map((group) =>
        hidden.includes(group) ? null : (
          <Fold key={group} title={FOLDED[group]}>
            {() => fields(group)}
          </Fold>
        ),
      )}
    </div>
  );
}

interface FoldProps {
  readonly title: string;
  readonly children: () => ComponentChildren;
}

/** What is inside is made when it is unfolded. */
function Fold({ title, children }: FoldProps): VNode {
  const [open, setOpen] = useState(false);
  return (
    <details class="fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {open && <div class="controls">{children()}</div>}
    </details>
  );
}
