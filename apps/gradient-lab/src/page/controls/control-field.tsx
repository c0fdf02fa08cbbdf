import { ChoiceField, NumberField, TextField } from "@unroll/page-parts";
import type { VNode } from "preact";
import { type Controls, controls } from "../../core/controls.ts";
import { usePage } from "../parts/page.ts";

/** The control of one value of the state. */
export function ControlField({ name }: { readonly name: keyof Controls }): VNode {
  const { lab } = usePage();
  const control = controls[name];
  const value = lab.state.value[name];
  const change = (value: unknown, dragging = false) => lab.change({ [name]: value }, { dragging });
  if (control.kind === "number")
    return <NumberField name={name} control={control} value={value} onChange={change} />;
  if (control.kind === "text")
    return <TextField name={name} control={control} value={String(value)} onChange={change} />;
  return <ChoiceField name={name} control={control} value={String(value)} onChange={change} />;
}
