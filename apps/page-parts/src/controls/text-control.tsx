import type { VNode } from "preact";
import { useId } from "preact/hooks";
import type { TextControl } from "./control.ts";
import { ControlHead } from "./control-head.tsx";

interface Props {
  readonly name: string;
  readonly control: TextControl;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A piece of text. */
export function TextField({ name, control, value, onChange }: Props): VNode {
  const id = useId();
  return (
    <div class="control" data-name={name}>
      <ControlHead
        id={id}
        control={control}
        changed={value !== control.default}
        onReset={() => onChange(control.default)}
      />
      <textarea
        id={id}
        class="choice"
        rows={3}
        maxLength={control.maximumLength}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}
