import type { NumberControl } from "./control.ts";

/** Positions of a slider: 0 … 1000. */
export const SLIDER_STEPS = 1000;

/** The position that shows a value. */
export function positionOf(control: NumberControl, value: number): number {
  const { minimum, maximum } = control;
  const inside = Math.min(maximum, Math.max(minimum, value));
  if (!control.logarithmic) return (SLIDER_STEPS * (inside - minimum)) / (maximum - minimum);
  return (SLIDER_STEPS * Math.log(inside / minimum)) / Math.log(maximum / minimum);
}

/** The value at a position, as round as the control's increment. */
export function valueAt(control: NumberControl, position: number): number {
  const { minimum, maximum } = control;
  const part = position / SLIDER_STEPS;
  if (!control.logarithmic) return tidy(control, minimum + part * (maximum - minimum));
  return tidy(control, minimum * (maximum / minimum) ** part);
}

/** A value within the range, without digits that nobody set: 0.95, not 0.9500000001. */
export function tidy(control: NumberControl, value: number): number {
  const inside = Math.min(control.maximum, Math.max(control.minimum, value));
  if (control.integer) return Math.round(inside);
  if (control.logarithmic) return Number(inside.toPrecision(2));
  const steps = Math.round(inside / control.increment);
  return Number((steps * control.increment).toFixed(6));
}

/** Where a held slider comes to rest: the detent, if one is near. */
export function atDetent(control: NumberControl, value: number): number {
  const at = positionOf(control, value);
  const near = control.detents.find(
    (detent) => Math.abs(positionOf(control, detent) - at) < SLIDER_STEPS / 80,
  );
  return near ?? value;
}
