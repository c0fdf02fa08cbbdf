import type { VNode } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { linePlot } from "../plot/line-plot.ts";

/** One line: what it is called, how it looks, and its values; NaN and infinities are gaps. */
export interface Line {
  readonly label: string;
  /** A custom property. */
  readonly color: string;
  readonly dash?: string;
  readonly width?: number;
  readonly values: Float64Array;
}

export interface LineChartProps {
  readonly x: ArrayLike<number>;
  readonly lines: readonly Line[];
  readonly xTitle?: string;
  readonly range: readonly [number, number];
  /** Values are log10: ticks say 10^n. */
  readonly logarithmic?: boolean;
  /** A line across: a value of x, and one of y. */
  readonly markX?: number;
  readonly markY?: number;
  /** Room at the right for the labels of the lines. */
  readonly room: number;
}

/** Lines with their names at their ends. What it shows is said in words and as a table beside it. */
export function LineChart(props: LineChartProps): VNode {
  const [{ width, height }, setSize] = useState({ width: 332, height: 248 });
  const id = useId();
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = host.current!;
    const observer = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = element;
      if (width > 0)
        setSize((old) => (old.width === width && old.height === height ? old : { width, height }));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const { x, lines, markX, markY, xTitle } = props;
  const plot = linePlot({ ...props, width, height, titled: xTitle !== undefined });
  const { left, right, top, bottom } = plot;
  const marked = markX === undefined ? -1 : Array.prototype.indexOf.call(x, markX);
  const inside = (y: number) => y >= top - 1 && y <= bottom + 1;
  return (
    <div class="chart" ref={host}>
      <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        <rect class="chart-area" x={left} y={top} width={right - left} height={bottom - top} />
        {plot.yTicks.map(({ at, text }) => (
          <g key={text}>
            <path class="rule" d={`M${left} ${at}H${right}`} />
            <text class="chart-mark" x={left - 6} y={at + 4} text-anchor="end">
              {text}
            </text>
          </g>
        ))}
        {plot.xTicks.map(({ at, text }) => (
          <text key={text} class="chart-mark" x={at} y={bottom + 16} text-anchor="middle">
            {text}
          </text>
        ))}
        {xTitle && (
          <text class="chart-mark" x={(left + right) / 2} y={height - 3} text-anchor="middle">
            {xTitle}
          </text>
        )}
        {markY !== undefined && inside(plot.yAt(markY)) && (
          <path class="chart-cross" d={`M${left} ${plot.yAt(markY)}H${right}`} />
        )}
        {markX !== undefined && <path class="chart-cross" d={`M${plot.xAt(markX)} ${top}V${bottom}`} />}
        <clipPath id={id}>
          <rect x={left} y={top - 2} width={right - left} height={bottom - top + 4} />
        </clipPath>
        <g clip-path={`url(#${id})`}>
          {plot.lines.map(({ label, path }, i) => (
            <path
              key={label}
              class="chart-line"
              d={path}
              style={{ stroke: `var(${lines[i].color})` }}
              stroke-width={lines[i].width ?? 1.5}
              stroke-dasharray={lines[i].dash}
            />
          ))}
        </g>
        {lines.map(({ label, color, values }) =>
          marked >= 0 && Number.isFinite(values[marked]) && inside(plot.yAt(values[marked])) ? (
            <circle
              key={label}
              cx={plot.xAt(x[marked])}
              cy={plot.yAt(values[marked])}
              r={4}
              style={{ fill: `var(${color})` }}
            />
          ) : null,
        )}
        {plot.lines.map(({ label, labelAt }, i) =>
          labelAt === undefined ? null : (
            <text
              key={label}
              class="chart-label"
              x={right + 7}
              y={labelAt + 4}
              style={{ fill: `var(${lines[i].color})` }}
            >
              {label}
            </text>
          ),
        )}
      </svg>
    </div>
  );
}
