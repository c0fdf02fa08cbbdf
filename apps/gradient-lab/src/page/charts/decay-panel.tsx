import { figure, type Line, LineChart } from "@unroll/page-parts";
import type { TargetedKeyboardEvent, TargetedPointerEvent, VNode } from "preact";
import { useMemo } from "preact/hooks";
import { decayAt } from "../../core/curves.ts";
import { describe } from "../../core/words/describe.ts";
import { decades } from "../../render/decades.ts";
import { select, usePage } from "../parts/page.ts";
import { Panel } from "../parts/panel.tsx";

/** The decay over the lag on one log axis: what is measured, and the ladder of bounds above it. */
export function DecayPanel(): VNode {
  const page = usePage();
  const { lab } = page;
  const second = page.second.value;
  const frame = lab.frame.value;
  const pinned = lab.pinned.value;
  const { t, k } = page.selected.value;
  const curves = useMemo(() => frame && decayAt(frame, t), [frame, t]);
  const before = useMemo(() => pinned && decayAt(pinned, Math.min(t, pinned.steps)), [pinned, t]);
  const lags = useMemo(() => Array.from({ length: t }, (_, lag) => lag), [t]);
  const lines: readonly Line[] = curves
    ? [
        { label: "bound", color: "--line-bound", dash: "7 4", values: curves.bound },
        { label: "Π‖J‖", color: "--line-product", dash: "2 3", values: curves.product },
        {
          label: "λ₁ slope",
          color: "--line-lyapunov",
          dash: "10 3 2 3",
          width: 1,
          values: curves.lyapunov,
        },
        { label: "loss", color: "--line-carried", dash: "4 2", values: curves.carried },
        ...(before
          ? [{ label: "A", color: "--line-pinned", width: 2, dash: "1 3", values: before.measured }]
          : []),
        { label: before ? "B" : "measured", color: "--line-measured", width: 2.5, values: curves.measured },
      ]
    : [];
  const point = (event: TargetedPointerEvent<HTMLDivElement>) => {
    if (event.type === "pointermove" && event.buttons === 0) return;
    const area = event.currentTarget.querySelector(".chart-area")!.getBoundingClientRect();
    select(page, t, t - Math.round(((event.clientX - area.left) / area.width) * (t - 1)));
  };
  const key = (event: TargetedKeyboardEvent<HTMLDivElement>) => {
    const far = event.shiftKey ? 5 : 1;
    const next = {
      ArrowLeft: k + far,
      ArrowDown: k + far,
      ArrowRight: k - far,
      ArrowUp: k - far,
      Home: t,
      End: 1,
    }[event.key];
    if (event.key === "Enter") lab.togglePin();
    else if (event.key === "Escape") event.currentTarget.blur();
    else if (next !== undefined) select(page, t, next);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Panel
      name="decay-panel"
      title={`Back from step ${t}`}
      about="What is left of the gradient after so many steps back, and what the bounds allow."
    >
      <div
        class="decay"
        role="slider"
        tabIndex={0}
        aria-label={`Steps back from step ${t}`}
        aria-valuemin={0}
        aria-valuemax={t - 1}
        aria-valuenow={t - k}
        aria-valuetext={lab.detail.value?.sentence}
        aria-description={frame && describe(frame, "curves")}
        onPointerDown={point}
        onPointerMove={point}
        onKeyDown={key}
      >
        <LineChart
          x={lags}
          lines={lines}
          xTitle="steps back, t - k"
          range={decades(curves?.measured, before?.measured)}
          logarithmic
          markX={t - k}
          markY={0}
          room={66}
        />
      </div>
      {second && curves && (
        <second.ValuesTable
          caption={`log10 of what is left, steps back from step ${t}`}
          columns={["steps back", ...lines.map(({ label }) => label)]}
          rows={t}
          row={(lag) => [String(lag), ...lines.map(({ values }) => figure(values[lag] ?? Number.NaN))]}
        />
      )}
    </Panel>
  );
}
