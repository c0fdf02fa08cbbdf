import { extremes, linePlot } from "@unroll/page-parts/plot";
import type { TargetedKeyboardEvent, TargetedPointerEvent, VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { timeText } from "../../../series/time.ts";
import type { SeriesAbout } from "../../series/messages.ts";
import type { SeriesStore } from "./series-store.ts";

interface Props {
  readonly store: SeriesStore;
  readonly data: SeriesAbout;
}

/** What came, what the network expected, and between them a cut that can be moved by pointer and keys. */
export function ForecastChart({ store, data }: Props): VNode {
  const [{ width, height }, setSize] = useState({ width: 900, height: 300 });
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect;
      if (width > 0) setSize({ width, height });
    });
    observer.observe(host.current!);
    return () => observer.disconnect();
  }, []);

  const { values: columns, times } = data.series[store.series.value]!;
  const values = columns[store.column.value]!;
  const cut = store.cut.value;
  const { first, rows, ahead } = store;
  const found = store.forecast.value;
  const forecast =
    found?.request.series === store.series.value && found.request.column === store.column.value
      ? found
      : undefined;
  const x = Float64Array.from({ length: rows + ahead - first }, (_, i) => first + i);
  const at = (from: number, some: Float64Array): Float64Array =>
    x.map((row) => some[row - from] ?? Number.NaN);
  const known = x.map((row) => (row < cut ? values[row]! : Number.NaN));
  // The last known row belongs to both, so that the lines meet.
  const came = x.map((row) => (row >= cut - 1 && row < rows ? values[row]! : Number.NaN));
  const expected = forecast ? at(forecast.request.cut, forecast.values) : undefined;
  const low = forecast && at(forecast.request.cut, forecast.low);
  const high = forecast && at(forecast.request.cut, forecast.high);
  const [least, most] = extremes(known, came, ...[expected, low, high].filter((each) => each !== undefined));
  const room = (most - least || 1) / 16;
  const plot = linePlot({
    ...{ width, height, x, range: [least - room, most + room], room: 8 },
    lines: [
      { label: "known", values: known },
      { label: "came", values: came },
      { label: "expected", values: expected ?? [] },
    ],
  });
  const { left, right, top, bottom, xAt, yAt } = plot;
  const [knownLine, cameLine, expectedLine] = plot.lines;
  const told = (row: number): string => {
    const time = times?.[row];
    return time === undefined ? `row ${row + 1}` : timeText(time, data.step);
  };

  const move = (event: TargetedPointerEvent<HTMLDivElement>, dragging: boolean) => {
    const box = event.currentTarget.getBoundingClientRect();
    const part = (event.clientX - box.left - left) / (right - left);
    store.look({ cut: Math.round(first + part * (x.length - 1)), dragging });
  };
  const key = (event: TargetedKeyboardEvent<HTMLDivElement>) => {
    const far = event.shiftKey ? 7 : 1;
    const next = {
      ArrowLeft: cut - far,
      ArrowDown: cut - far,
      ArrowRight: cut + far,
      ArrowUp: cut + far,
      PageDown: cut - ahead,
      PageUp: cut + ahead,
      Home: 0,
      End: rows,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    store.look({ cut: next });
  };

  return (
    <div
      ref={host}
      class="forecast"
      role="slider"
      tabIndex={0}
      aria-label="The cut: what the network knows ends here"
      aria-valuemin={first}
      aria-valuemax={rows}
      aria-valuenow={cut}
      aria-valuetext={`after ${told(cut - 1)}`}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        move(event, true);
      }}
      onPointerMove={(event) => event.buttons > 0 && move(event, true)}
      onPointerUp={(event) => move(event, false)}
      onKeyDown={key}
    >
      <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        {plot.yTicks.map(({ at: y, text }) => (
          <g key={text}>
            <path class="rule" d={`M${left} ${y}H${right}`} />
            <text class="chart-mark" x={left - 6} y={y + 4} text-anchor="end">
              {shortTick(text)}
            </text>
          </g>
        ))}
        {apart(plot.xTicks.filter(({ text }) => Number(text) < rows)).map(({ at: place, text }) => (
          <text key={text} class="chart-mark" x={place} y={bottom + 16} text-anchor="middle">
            {told(Number(text))}
          </text>
        ))}
        <rect
          class="known-area"
          x={left}
          y={top}
          width={Math.max(0, xAt(cut - 0.5) - left)}
          height={bottom - top}
        />
        {low && high && <path class="band" d={bandPath(x, low, high, xAt, yAt)} />}
        <path class="chart-line known" d={knownLine!.path} />
        <path class="chart-line came" d={cameLine!.path} />
        <path class="chart-line expected" d={expectedLine!.path} />
        <g class="cut" transform={`translate(${xAt(cut - 0.5)} 0)`}>
          <path d={`M0 ${top}V${bottom}`} />
          <circle cy={(top + bottom) / 2} r={9} />
          <path
            class="arrows"
            d={`M-3 ${(top + bottom) / 2 - 3}l-3 3l3 3M3 ${(top + bottom) / 2 - 3}l3 3l-3 3`}
          />
        </g>
      </svg>
    </div>
  );
}

/** There along the upper side, back along the lower one. */
function bandPath(
  x: Float64Array,
  low: Float64Array,
  high: Float64Array,
  xAt: (value: number) => number,
  yAt: (value: number) => number,
): string {
  const rows = [...x.keys()].filter((i) => Number.isFinite(low[i]) && Number.isFinite(high[i]));
  if (rows.length === 0) return "";
  const point = (i: number, side: Float64Array): string =>
    `${xAt(x[i]!).toFixed(1)} ${yAt(side[i]!).toFixed(1)}`;
  return `M${[...rows.map((i) => point(i, high)), ...rows.reverse().map((i) => point(i, low))].join("L")}Z`;
}

/** Thousands as `12k`: the numbers stand in a narrow place. */
function shortTick(text: string): string {
  const value = Number(text);
  return Math.abs(value) >= 10_000 ? `${value / 1000}k` : text;
}

/** Pixels that a date needs. */
const DATE = 92;

/** So many of the ticks as find room, from the last one back. */
function apart<Tick extends { readonly at: number }>(ticks: readonly Tick[]): Tick[] {
  let free = Number.POSITIVE_INFINITY;
  const kept = ticks.toReversed().filter(({ at }) => {
    if (at > free) return false;
    free = at - DATE;
    return true;
  });
  return kept.reverse();
}
