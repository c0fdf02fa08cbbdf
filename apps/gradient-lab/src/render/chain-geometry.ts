/** Where things stand in the drawing of the chain, in its own units. */
export const LEFT = 58;
const RIGHT = 30;
export const HEIGHT = 142;
export const STATES = { top: 18, height: 40 };
export const FORWARD_Y = 68;
export const FLOW_Y = 102;
export const STEP_Y = 136;

/** Steps stand apart by what fills the width, or a bit closer than letters can. */
export function pitchOf(steps: number): number {
  return Math.max(14.3, 572 / steps);
}

export function widthOf(steps: number): number {
  return LEFT + steps * pitchOf(steps) + RIGHT;
}

/** The middle of step t, from 1. */
export function xOf(steps: number, t: number): number {
  return LEFT + (t - 0.5) * pitchOf(steps);
}

/** Width of an arrow that carries a gradient of this log10: a decade is 4.5 units, 1 is 20. */
function flowWidth(log10: number): number {
  if (Number.isNaN(log10)) return 1;
  return Math.min(36, Math.max(1.2, 20 + 4.5 * log10));
}

/** An arrow from step t to step t-1, as wide at its tail as the gradient was and at its head as it became. */
export function arrow(steps: number, t: number, from: number, to: number): string {
  const pitch = pitchOf(steps);
  const tail = xOf(steps, t) - 1;
  const tip = xOf(steps, t - 1) + 1;
  const notch = Math.min(5, pitch / 3);
  const [w, v] = [flowWidth(from) / 2, flowWidth(to) / 2];
  const shoulder = tip + notch;
  const points = [
    [tail, -w],
    [tail - notch, 0],
    [tail, w],
    [shoulder, v],
    [tip, 0],
    [shoulder, -v],
  ];
  return `M${points.map(([x, y]) => `${x.toFixed(1)} ${(FLOW_Y + y).toFixed(1)}`).join("L")}Z`;
}

/** Steps that get a label: the first, the last, and round ones that fit between them. */
export function labelledSteps(steps: number): readonly number[] {
  const every = [1, 2, 5, 10, 20, 50].find((each) => each * pitchOf(steps) >= 34) ?? 50;
  const round = Array.from({ length: steps }, (_, i) => i + 1).filter(
    (t) => t % every === 0 && (t - 1) * pitchOf(steps) >= 34 && (steps - t) * pitchOf(steps) >= 34,
  );
  return [1, ...round, steps];
}
