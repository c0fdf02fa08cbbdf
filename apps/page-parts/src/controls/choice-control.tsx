import type { VNode } from "preact";
import { useId } from "preact/hooks";
import type { ChoiceControl } from "./control.ts";
import { ControlHead } from "./control-head.tsx";

interface Props {
  readonly name: string;
  readonly control: ChoiceControl;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** One of a list, and a sentence about the one that is chosen. */
export function ChoiceField({ name, control, value, onChange }: Props): VNode {
  const id = useId();
  const chosen = control.choices.find((choice) => choice.value === value);
  return (
    <div class="control" data-name={name}>
      <ControlHead
        id={id}
        control={control}
        changed={value !== control.default}
        onReset={() => onChange(control.default)}
      />
      <select
        id={id}
        class="choice"
        value={value}
        aria-describedby={`${id}-about`}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {control.choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
      <p id={`${id}-about`} class="soft small">
        {chosen?.help}
      </p>
    </div>
  );
}
