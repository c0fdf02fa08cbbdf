import type { VNode } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { characterSteps, roundSteps, visible } from "../../render/axis-steps.ts";

interface Props {
  readonly labels: readonly string[];
  readonly steps: number;
  readonly text: boolean;
}

/** Steps along the two sides of the map: numbers, or the characters of the text. */
export function Axes({ labels, steps, text }: Props): VNode {
  const [axis, length] = useLength();
  const marked = text ? characterSteps(steps, length) : roundSteps(steps);
  const room = text ? { fontSize: `${Math.min(12, (1.2 * length * (marked[1] - 1)) / steps)}px` } : {};
  const label = (t: number) => (text ? visible(labels[t - 1] ?? "") : String(t));
  const at = (t: number) => `${(100 * (t - 0.5)) / steps}%`;
  const middle = Math.floor(marked.length / 2);
  const between = at((marked[middle - 1] + marked[middle]) / 2);
  return (
    <>
      <div class="axis axis-t figures" style={room} aria-hidden="true">
        {marked.map((t) => (
          <span key={t} style={{ top: at(t) }}>
            {label(t)}
          </span>
        ))}
        {!text && <b style={{ top: between }}>t</b>}
      </div>
      <div class="axis axis-k figures" style={room} aria-hidden="true" ref={axis}>
        {marked.map((k) => (
          <span key={k} style={{ left: at(k) }}>
            {label(k)}
          </span>
        ))}
        {!text && <b style={{ left: between }}>k</b>}
      </div>
    </>
  );
}

/** How long an element is, in pixels; before it is there, what is usual. */
function useLength(): [{ current: HTMLDivElement | null }, number] {
  const element = useRef<HTMLDivElement>(null);
  const [length, setLength] = useState(350);
  useLayoutEffect(() => {
    const size = new ResizeObserver(([{ contentRect }]) => setLength(contentRect.width || 350));
    size.observe(element.current!);
    return () => size.disconnect();
  }, []);
  return [element, length];
}
