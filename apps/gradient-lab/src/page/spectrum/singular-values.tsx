import type { VNode } from "preact";
import type { Detail, Spectrum } from "../../core/frame.ts";

interface Props {
  readonly spectrum: Spectrum;
  readonly detail: Detail | undefined;
}

const LOW = -6;
const HIGH = 2;

/** Singular values, largest first, on a log axis: of W, of one step, and of the way from step t back to step k. */
export function SingularValues({ spectrum, detail }: Props): VNode {
  const count = spectrum.singularValues.length;
  const x = (i: number) => 26 + (128 * (i + 0.5)) / count;
  const y = (log10: number) => 8 + (124 * (HIGH - Math.min(HIGH, Math.max(LOW, log10)))) / (HIGH - LOW);
  const logs = (values: Float64Array) => Array.from(values, (value) => Math.log10(value));
  const shown = (values: readonly number[]) =>
    values.map((value, i) => [value, i] as const).filter(([value]) => value >= LOW);
  return (
    <svg
      viewBox="0 0 160 150"
      role="img"
      aria-label={`Singular values, largest first; the largest of W is ${spectrum.norm.toPrecision(3)}`}
    >
      {[-6, -4, -2, 0, 2].map((tick) => (
        <g key={tick}>
          <path class={tick === 0 ? "unit" : "rule"} d={`M26 ${y(tick)}h130`} />
          <text class="mark" x={22} y={y(tick) + 3.5} text-anchor="end">
            {tick === 0 ? "1" : `10${tick < 0 ? "⁻" : ""}${"⁰¹²³⁴⁵⁶"[Math.abs(tick)]}`}
          </text>
        </g>
      ))}
      {detail &&
        shown(Array.from(detail.productSingularValues)).map(([value, i]) => (
          <path
            key={`product ${i}`}
            class="point-plus"
            d={`M${x(i) - 2.5} ${y(value)}h5M${x(i)} ${y(value) - 2.5}v5`}
          />
        ))}
      {shown(logs(spectrum.singularValues)).map(([value, i]) => (
        <circle key={`W ${i}`} class="point" cx={x(i)} cy={y(value)} r={2.2} />
      ))}
      {detail &&
        shown(logs(detail.jacobianSingularValues)).map(([value, i]) => (
          <circle key={`J ${i}`} class="point-ring" cx={x(i)} cy={y(value)} r={2.8} />
        ))}
    </svg>
  );
}
