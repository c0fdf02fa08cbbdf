import type { Diagnosis } from "./diagnose.ts";
import { exp } from "./scale.ts";

/** A diagnosis in words. */
export function sentencesOf(found: Omit<Diagnosis, "sentences">): string[] {
  const { step, parameter, window } = found;
  if (step === 0) return ["No step has a loss, so no gradient flows."];
  return [
    reach(found),
    ...bound(found),
    ...found.layers.flatMap(({ layer, saturated }) =>
      saturated === undefined
        ? []
        : [`${percent(saturated)} of the units of layer ${layer} are saturated (σ' ≤ 0.1γ).`],
    ),
    `To get the gradient of ${parameter} within 5 %, go back ${count(window)}.`,
    ...clipping(found),
  ];
}

function reach({
  step,
  reach,
  threshold,
  logArriving,
  decay: { regime, halfLife },
}: Omit<Diagnosis, "sentences">): string {
  if (step === 1) return "Only the first step has a loss: nothing flows through time.";
  const loss = `The loss at step ${step}`;
  const pace =
    halfLife !== 0 && Number.isFinite(halfLife)
      ? `, ${halfLife > 0 ? "halving" : "doubling"} every ${steps(Math.abs(halfLife))}`
      : "";
  if (regime === "exploding")
    return `${loss} explodes on its way back: ${factor(logArriving)} times as large at step 1${pace}.`;
  if (reach >= step - 1) {
    const arriving =
      logArriving > GROWN
        ? `its gradient is ${factor(logArriving)} times as large there`
        : `${percent(exp(logArriving))} of its gradient arrives there`;
    return `${loss} reaches back to step 1: ${arriving}${pace}.`;
  }
  return `${loss} reaches back about ${count(Math.round(reach))}: earlier ones get less than ${percent(threshold)} of its gradient${pace}.`;
}

function bound({
  step,
  logBound,
  logArriving,
  lyapunov,
  layers: [first],
}: Omit<Diagnosis, "sentences">): string[] {
  if (logBound === undefined || !first) return [];
  const { slope = 1, norm, radius } = first;
  const allowed = `The bound (γ‖W_hh‖)^${step - 1} with γ‖W_hh‖ = ${short(slope * norm)} allows a factor of ${factor(logBound)} back to step 1; the true one is ${factor(logArriving)}.`;
  const rule =
    radius > 1 && lyapunov < 0
      ? [
          `The spectral radius, ${short(radius)}, would let one expect explosion; the network itself shrinks gradients (λ_1 = ${short(lyapunov)}).`,
        ]
      : radius < 1 && lyapunov > 0
        ? [
            `The spectral radius, ${short(radius)}, would let one expect decay; the network itself lets gradients grow (λ_1 = ${short(lyapunov)}).`,
          ]
        : [];
  return [allowed, ...rule];
}

function clipping({ clipping }: Omit<Diagnosis, "sentences">): string[] {
  if (!clipping) return [];
  const { before, after, changed, cosine } = clipping;
  if (changed === 0) return [`Clipping leaves this gradient (norm ${short(before)}) as it is.`];
  return [
    `Clipping takes this gradient from norm ${short(before)} to ${short(after)}, cosine ${short(cosine)}.`,
  ];
}

const count = (steps: number): string => `${steps} step${steps === 1 ? "" : "s"}`;

const steps = (length: number): string => (short(length) === "1" ? "step" : `${short(length)} steps`);

/** Two digits. */
function short(x: number): string {
  const plain = x === 0 || (Math.abs(x) >= 1e-4 && Math.abs(x) < 1e6);
  return plain ? String(Number(x.toPrecision(2))) : x.toExponential(1);
}

/** ln 1.5: what grew by less is told in percent. */
const GROWN = 0.4054651081081644;

function percent(share: number): string {
  return `${short(100 * share)} %`;
}

/** e^log in two digits, also where it is no number any more. */
function factor(log: number): string {
  const exponent = Math.floor(log * Math.LOG10E);
  if (Math.abs(exponent) < 4 || !Number.isFinite(log)) return short(exp(log));
  return `10^${Math.round(log * Math.LOG10E)}`;
}
