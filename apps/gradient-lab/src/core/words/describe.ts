import { decayAt } from "../curves.ts";
import type { Frame } from "../frame.ts";
import type { History } from "../lab.ts";
import { portion, rounded, roundedPower } from "./numbers.ts";

/** What the pictures show, in words: their alternative texts. */
export type Picture = "map" | "chain" | "curves" | "spectrum" | "saturation";

export function describe(frame: Frame, picture: Picture): string {
  return TEXTS[picture](frame);
}

/** The same for the curves of training. */
export function describeTraining({ update, loss, gradientNorm }: History): string {
  const last = update.length - 1;
  if (last < 0) return "No training yet.";
  const course = `Training, ${update[last] + 1} updates: the loss went from ${rounded(loss[0])} to ${rounded(loss[last])}`;
  return `${course}, the norm of the gradient from ${rounded(gradientNorm[0])} to ${rounded(gradientNorm[last])}.`;
}

const TEXTS: Readonly<Record<Picture, (frame: Frame) => string>> = {
  map({ steps: T, maps, status }) {
    const last = (k: number): string => portion(maps.measured[(T - 1) * T + k - 1]);
    const middle = Math.ceil(T / 2);
    return (
      `Map of ‖∂h_t/∂h_k‖ for all steps k ≤ t up to ${T}. From step ${T} back to step ${middle}: ${last(middle)}; ` +
      `back to step 1: ${last(1)}. ${status.headline}`
    );
  },
  chain({ steps: T, chain: { gradient, jacobianNorm, openness } }) {
    const mean = openness.reduce((sum, value) => sum + value, 0) / T;
    return (
      `The network unrolled over ${T} steps. The gradient of the loss is ${roundedPower(gradient[T - 1])} at the last step and ` +
      `${roundedPower(gradient[0])} at the first. A step stretches gradients by ${range(jacobianNorm)}; the mean slope of ` +
      `the units is ${rounded(mean)}.`
    );
  },
  curves(frame) {
    const { t, measured, bound, product } = decayAt(frame, frame.steps);
    const end = (values: Float64Array): string => roundedPower(values[values.length - 1]);
    const allowed = Number.isNaN(bound[0]) ? "" : `, the textbook bound ${end(bound)}`;
    return (
      `Decay over the lag, from step ${t} back. After ${t - 1} steps: measured ${end(measured)}, ` +
      `product of the norms of single steps ${end(product)}${allowed}.`
    );
  },
  spectrum({ spectrum: { radius, norm, singularValues, lyapunov, gamma } }) {
    return (
      `Eigenvalues and singular values of W: spectral radius ${rounded(radius)}, largest singular value ${rounded(norm)}, ` +
      `smallest ${rounded(singularValues[singularValues.length - 1])}; largest slope of a unit ${rounded(gamma)}; ` +
      `along this sequence gradients change by a factor of ${roundedPower(lyapunov * Math.LOG10E)} a step.`
    );
  },
  saturation({ saturation: { counts, to } }) {
    const all = counts.reduce((sum, value) => sum + value, 0);
    const share = (from: number, end: number): string =>
      `${Math.round((100 * counts.slice(from, end).reduce((sum, value) => sum + value, 0)) / all)} %`;
    const half = counts.length / 2;
    return (
      `How open the units are, as the slope σ' from 0 to ${rounded(to)}: ${share(half, counts.length)} are in the upper half, ` +
      `${share(0, counts.length / 10)} in the lowest tenth.`
    );
  },
};

function range(values: Float64Array): string {
  const [least, most] = [Math.min(...values), Math.max(...values)].map(rounded);
  return least === most ? most : `${least} to ${most}`;
}
