import type { ComponentChildren, VNode } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../parts/icon.tsx";

interface Props {
  readonly id: string;
  readonly control: { readonly label: string; readonly help: string };
  readonly changed: boolean;
  readonly onReset: () => void;
  readonly children?: ComponentChildren;
}

/** Label, help and reset of a control, and what stands at its right. */
export function ControlHead({ id, control, changed, onReset, children }: Props): VNode {
  const [helps, setHelps] = useState(false);
  return (
    <>
      <div class="control-head">
        <label for={id}>{control.label}</label>
        <button
          type="button"
          class="mini"
          aria-label={`What is ${control.label}?`}
          aria-expanded={helps}
          aria-controls={`${id}-help`}
          onClick={() => setHelps(!helps)}
        >
          ?
        </button>
        {changed && (
          <button
            type="button"
            class="mini"
            aria-label={`Reset ${control.label}`}
            title={`Reset ${control.label}`}
            onClick={() => {
              onReset();
              document.getElementById(id)?.focus();
            }}
          >
            <Icon name="reset" />
          </button>
        )}
        {children}
      </div>
      <p id={`${id}-help`} class="help small" hidden={!helps}>
        {control.help}
      </p>
    </>
  );
}
