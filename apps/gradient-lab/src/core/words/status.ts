import { decayOf } from "@unroll/gradient-flow";
import type { Status } from "../frame.ts";
import type { NormName, Settings } from "../settings.ts";
import { count, portion, powerOfTen, rounded, roundedPower } from "./numbers.ts";

/** What one end of the map says, in words. `measured` and `bound` are log10 of ‖∂h_T/∂h_1‖; a bound may be missing (NaN). */
export function statusOf(
  settings: Pick<Settings, "norm">,
  T: number,
  measured: number,
  bound: number,
  sure = "",
): Status {
  const { regime, halfLife } = decayOf(measured * Math.LN10, T - 1);
  return {
    regime,
    measured,
    bound,
    halfLife,
    question: questionOf(T, 1),
    answer: `${sure}${portion(measured)}`,
    headline: headlineOf(regime, measured, halfLife, T),
    detail: detailOf(settings.norm, T, 1, measured, bound, sure),
  };
}

function headlineOf(regime: Status["regime"], measured: number, halfLife: number, T: number): string {
  if (Number.isNaN(measured)) return `There is no gradient at step ${T} to follow.`;
  if (measured === Number.NEGATIVE_INFINITY) return `Vanished: nothing of step 1 reaches step ${T}.`;
  if (regime === "vanishing") return `Vanishing: halves every ${count(halfLife, "step")}.`;
  if (regime === "exploding") return `Exploding: doubles every ${count(-halfLife, "step")}.`;
  return "Holding: within a factor of ten.";
}

/** "How much of step 1 still reaches step 40?" */
export function questionOf(t: number, k: number): string {
  return `How much of step ${k} still reaches step ${t}?`;
}

/** "∂h40/∂h1 = 0.034; the bound allows 0.14, 4.1 times as much." */
export function detailOf(
  norm: NormName,
  t: number,
  k: number,
  measured: number,
  bound: number,
  sure = "",
): string {
  const name = NAMES[norm](t, k);
  if (Number.isNaN(measured)) return `There is no ${name}.`;
  const value = `${name} ${sure === "" ? "=" : "≈"} ${roundedPower(measured)}`;
  if (t === k) return `${value}: a step is itself.`;
  if (Number.isNaN(bound)) return `${value}.`;
  const allowed = `${value}; the bound allows ${roundedPower(bound)}`;
  const loose = bound - measured;
  if (loose === Number.POSITIVE_INFINITY || Number.isNaN(loose)) return `${allowed}.`;
  return loose < 0.02 ? `${allowed}: it is reached.` : `${allowed}, ${looseness(loose)} as much.`;
}

const NAMES: Readonly<Record<NormName, (t: number, k: number) => string>> = {
  spectral: (t, k) => `‖∂h${t}/∂h${k}‖`,
  frobenius: (t, k) => `‖∂h${t}/∂h${k}‖ (root mean square)`,
  loss: (t, k) => `share of the gradient of the loss of step ${t} that reaches step ${k}`,
};

function looseness(log10: number): string {
  return log10 < 4 ? `${rounded(10 ** log10)} times` : `${powerOfTen(log10)} times`;
}
