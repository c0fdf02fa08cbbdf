import type { VNode } from "preact";
import type { Histogram as Counts } from "../../core/frame.ts";

/** Counts as bars. */
export function Histogram({
  histogram,
  words,
}: {
  readonly histogram: Counts;
  readonly words: string;
}): VNode {
  const { from, to, counts } = histogram;
  const most = counts.reduce((most, count) => Math.max(most, count), 1);
  const width = 136 / counts.length;
  const middle = (from + to) / 2;
  return (
    <svg viewBox="0 0 160 150" role="img" aria-label={words}>
      {Array.from(counts, (count, i) => (
        <rect
          key={i}
          class="bar"
          x={12 + i * width + 0.5}
          y={128 - (112 * count) / most}
          width={Math.max(0.5, width - 1)}
          height={(112 * count) / most}
        />
      ))}
      <path class="axis-line" d="M12 128.5h136" />
      {[from, middle, to].map((value, i) => (
        <text key={value} class="mark" x={12 + 68 * i} y={142} text-anchor={["start", "middle", "end"][i]}>
          {value}
        </text>
      ))}
    </svg>
  );
}
