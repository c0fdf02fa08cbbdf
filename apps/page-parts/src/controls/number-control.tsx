import type { VNode } from "preact";
import { useId, useRef } from "preact/hooks";
import { Button } from "../parts/button.tsx";
import type { NumberControl } from "./control.ts";
import { ControlHead } from "./control-head.tsx";
import { atDetent, positionOf, SLIDER_STEPS, tidy, valueAt } from "./slider-scale.ts";

type NumberValue = number | null | string;

interface Props {
  readonly name: string;
  readonly control: NumberControl;
  readonly value: NumberValue;
  /** `dragging` while the slider is held: more is to come. */
  readonly onChange: (value: NumberValue, dragging: boolean) => void;
}

/** A number: slider, box, and a switch if there is a value beside the numbers. */
export function NumberField({ name, control, value, onChange }: Props): VNode {
  const id = useId();
  const held = useRef(false);
  const number = typeof value === "number" ? value : control.default;
  const besides = control.besides;
  const isBesides = besides !== undefined && value === besides.value;
  const first = besides?.isDefault ? besides.value : control.default;
  const slides = control.logarithmic || control.maximum - control.minimum <= 10_000;

  const slide = (input: HTMLInputElement) => {
    const raw = valueAt(control, Number(input.value));
    onChange(held.current ? atDetent(control, raw) : raw, held.current);
  };
  const release = () => {
    if (!held.current) return;
    held.current = false;
    onChange(value, false);
  };

  return (
    <div class="control" data-name={name}>
      <ControlHead id={id} control={control} changed={value !== first} onReset={() => onChange(first, false)}>
        <input
          class="box figures"
          type="number"
          id={slides ? undefined : id}
          aria-label={slides ? `${control.label}, value` : undefined}
          inputMode={control.integer ? "numeric" : "decimal"}
          min={control.minimum}
          max={control.maximum}
          step={control.integer ? 1 : "any"}
          value={isBesides ? "" : number}
          placeholder={isBesides ? besides.text : undefined}
          onChange={(event) => {
            const typed = event.currentTarget.valueAsNumber;
            if (Number.isNaN(typed)) event.currentTarget.value = isBesides ? "" : String(number);
            else onChange(tidy(control, typed), false);
          }}
        />
        {!slides && (
          <Button
            icon="die"
            label={`${control.label}: any`}
            onPress={() => onChange(crypto.getRandomValues(new Uint16Array(1))[0], false)}
          />
        )}
      </ControlHead>
      {slides && (
        <div class="slide">
          {besides && (
            <button
              type="button"
              class="toggle"
              aria-pressed={isBesides}
              aria-label={`${control.label} ${besides.text}`}
              onClick={() => onChange(isBesides ? control.default : besides.value, false)}
            >
              {besides.text}
            </button>
          )}
          <input
            type="range"
            id={id}
            class="slider"
            data-off={isBesides}
            min={0}
            max={SLIDER_STEPS}
            step="any"
            value={positionOf(control, number)}
            style={{ "--at": `${(100 * positionOf(control, number)) / SLIDER_STEPS}%` }}
            aria-valuetext={isBesides ? besides.text : String(number)}
            onPointerDown={() => {
              held.current = true;
            }}
            onPointerUp={release}
            onPointerCancel={release}
            onInput={(event) => slide(event.currentTarget)}
            onKeyDown={(event) => {
              const by = STEPS[event.key];
              if (by === undefined) return;
              event.preventDefault();
              onChange(tidy(control, by(control, number)), false);
            }}
          />
        </div>
      )}
    </div>
  );
}

/** What keys do to a slider; the browser would go by its own steps. */
const STEPS: Readonly<Record<string, (control: NumberControl, value: number) => number>> = {
  ArrowRight: (control, value) => value + control.increment,
  ArrowUp: (control, value) => value + control.increment,
  ArrowLeft: (control, value) => value - control.increment,
  ArrowDown: (control, value) => value - control.increment,
  PageUp: (control, value) => value + 10 * control.increment,
  PageDown: (control, value) => value - 10 * control.increment,
  Home: (control) => control.minimum,
  End: (control) => control.maximum,
};
