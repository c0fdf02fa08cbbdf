import type { VNode } from "preact";
import type { Detail, Spectrum } from "../../core/frame.ts";
import { powerOfTen } from "../../render/line-plot.ts";
import { decadeTicks } from "../../render/ticks.ts";

interface Props {
  readonly spectrum: Spectrum;
  readonly detail: Detail | undefined;
}

/** Singular values, largest first, on a log axis: of W, of one step, and of the way from step t back to step k. */
export function SingularValues({ spectrum, detail }: Props): VNode {
  const weights = logs(spectrum.singularValues);
  const step = logs(detail?.jacobianSingularValues ?? []);
  const way = Array.from(detail?.productSingularValues ?? []);
  const [low, high] = reach([...weights, ...step, ...way]);
  const x = (i: number) => 30 + (124 * (i + 0.5)) / weights.length;
  const y = (log10: number) => 8 + (124 * (high - log10)) / (high - low);
  const seen = (values: readonly number[]) =>
    values
      .map((value, i) => [x(i), y(value), i] as const)
      .filter((_, i) => values[i] >= low && values[i] <= high);
  return (
    <svg
      viewBox="0 0 160 150"
      role="img"
      aria-label={`Singular values, largest first; the largest of W is ${spectrum.norm.toPrecision(3)}`}
    >
      {decadeTicks(low, high, 5).map((tick) => (
        <g key={tick}>
          <path class={tick === 0 ? "unit" : "rule"} d={`M30 ${y(tick)}h126`} />
          <text class="mark" x={26} y={y(tick) + 3.5} text-anchor="end">
            {tick === 0 ? "1" : powerOfTen(tick)}
          </text>
        </g>
      ))}
      {seen(way).map(([x, y, i]) => (
        <path key={`way ${i}`} class="point-plus" d={`M${x - 2.5} ${y}h5M${x} ${y - 2.5}v5`} />
      ))}
      {seen(weights).map(([x, y, i]) => (
        <circle key={`weights ${i}`} class="point" cx={x} cy={y} r={2.2} />
      ))}
      {seen(step).map(([x, y, i]) => (
        <circle key={`step ${i}`} class="point-ring" cx={x} cy={y} r={2.8} />
      ))}
    </svg>
  );
}

function logs(values: ArrayLike<number>): number[] {
  return Array.from(values, (value) => Math.log10(value));
}

/** The decades shown: at least 10⁻⁶ … 10², at most 10⁻²⁰ … 10²⁰⁰. */
function reach(values: readonly number[]): [number, number] {
  const finite = values.filter(Number.isFinite);
  const low = Math.floor(Math.min(-6, ...finite));
  return [Math.max(low, -20), Math.min(Math.ceil(Math.max(2, ...finite)), 200)];
}
