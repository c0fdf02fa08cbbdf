import type { DecayCurves, Frame } from "./frame.ts";
import type { MapMode } from "./settings.ts";

/** The decay curves of step t (from 1; the last step if it is none of the frame's). */
export function decayAt(frame: Frame, t: number): DecayCurves {
  const T = frame.steps;
  const row = Number.isInteger(t) && t >= 1 && t <= T ? t : T;
  const along = (map: Float64Array): Float64Array =>
    Float64Array.from({ length: row }, (_, lag) => map[(row - 1) * T + row - 1 - lag]);
  const { maps, spectrum } = frame;
  return {
    t: row,
    bound: along(maps.bound),
    product: along(maps.product),
    measured: along(maps.measured),
    carried: along(maps.carried),
    lyapunov: Float64Array.from({ length: row }, (_, lag) =>
      lag === 0 ? 0 : lag * spectrum.lyapunov * Math.LOG10E,
    ),
  };
}

/** A map as it is drawn. */
export interface ShownMap {
  readonly values: Float64Array;
  /** "diverging": log10, 0 is neutral. "sequential": log10 below its largest value. "share": from 0 to the largest. */
  readonly scale: "diverging" | "sequential" | "share";
  /** What the numbers are: "log10 ‖∂h_t/∂h_k‖". */
  readonly title: string;
}

/** The map of a mode. "difference" is B - A, the frame less the pinned one, and needs both of one size. */
export function shownMap(frame: Frame, mode: MapMode, pinned?: Frame): ShownMap {
  const { maps } = frame;
  const minus = (a: Float64Array, b: Float64Array): Float64Array =>
    a.map((x, i) => (x === b[i] ? 0 : x - b[i]));
  switch (mode) {
    case "measured":
      return { values: maps.measured, scale: "diverging", title: "log10 ‖∂h_t/∂h_k‖, measured" };
    case "bound":
      return { values: maps.bound, scale: "diverging", title: "log10 of the bound on ‖∂h_t/∂h_k‖" };
    case "ratio":
      return {
        values: minus(maps.measured, maps.bound),
        scale: "diverging",
        title: "log10 of measured / bound",
      };
    case "loss":
      return { values: maps.loss, scale: "sequential", title: "log10 of what step k adds to ∂L_t/∂W" };
    case "share":
      return { values: maps.share, scale: "share", title: "share of the gradient, from 0 to 1" };
    case "difference":
      if (!pinned || pinned.steps !== frame.steps)
        return { values: maps.measured, scale: "diverging", title: "log10 ‖∂h_t/∂h_k‖, measured" };
      return {
        values: minus(maps.measured, pinned.maps.measured),
        scale: "diverging",
        title: "log10 of measured, B / A",
      };
  }
}
