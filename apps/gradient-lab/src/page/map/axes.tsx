import type { VNode } from "preact";

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

function roundSteps(steps: number): readonly number[] {
  const every = [1, 2, 5, 10, 20, 50].find((each) => steps / each <= 6) ?? 50;
  const round = Array.from({ length: steps }, (_, i) => i + 1).filter((t) => t % every === 0);
  return [1, ...round.filter((t) => t > every / 2 && t > 1)];
}

function everyCharacter(steps: number): readonly number[] {
  const every = Math.ceil(steps / 28);
  return Array.from({ length: steps }, (_, i) => i + 1).filter((t) => (t - 1) % every === 0);
}

function visible(character: string): string {
  return character === " " ? "␣" : character === "\n" ? "↵" : character;
}
