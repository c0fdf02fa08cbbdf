import type { VNode } from "preact";
import { everyCharacter, roundSteps, visible } from "../../render/axis-steps.ts";

interface Props {
  readonly labels: readonly string[];
  readonly steps: number;
  readonly text: boolean;
}

/** Steps along the two sides of the map: numbers, or the characters of the text. */
export function Axes({ labels, steps, text }: Props): VNode {
  const marked = text ? everyCharacter(steps) : roundSteps(steps);
  const label = (t: number) => (text ? visible(labels[t - 1] ?? "") : String(t));
  const at = (t: number) => `${(100 * (t - 0.5)) / steps}%`;
  const middle = Math.floor(marked.length / 2);
  const between = at((marked[middle - 1] + marked[middle]) / 2);
  return (
    <>
      <div class="axis axis-t figures" aria-hidden="true">
        {marked.map((t) => (
          <span key={t} style={{ top: at(t) }}>
            {label(t)}
          </span>
        ))}
        <b style={{ top: between }}>t</b>
      </div>
      <div class="axis axis-k figures" aria-hidden="true">
        {marked.map((k) => (
          <span key={k} style={{ left: at(k) }}>
            {label(k)}
          </span>
        ))}
        <b style={{ left: between }}>k</b>
      </div>
    </>
  );
}
