import { focusable, useDraw } from "@unroll/page-parts";
import type { TargetedKeyboardEvent, TargetedPointerEvent, VNode } from "preact";
import { useId, useMemo } from "preact/hooks";
import { shownMap } from "../../core/curves.ts";
import { reachOf } from "../../core/cut.ts";
import type { MapMode } from "../../core/settings.ts";
import { describe } from "../../core/words/describe.ts";
import { select, usePage } from "../parts/page.ts";
import { Panel } from "../parts/panel.tsx";
import { Axes } from "./axes.tsx";
import { drawMap } from "./draw-map.ts";
import { Handles } from "./handles.tsx";
import { Legend } from "./legend.tsx";
import { modes } from "./modes.ts";
import { moved } from "./moved.ts";

/** The map of ‖∂h_t/∂h_k‖ over all pairs of steps, with a cross on the selected one. */
export function MapPanel(): VNode {
  const page = usePage();
  const { lab } = page;
  const second = page.second.value;
  const id = useId();
  const frame = lab.frame.value;
  const pinned = lab.pinned.value;
  const mode = lab.state.value.map;
  const map = useMemo(() => frame && shownMap(frame, mode, pinned), [frame, mode, pinned]);
  const { t, k } = page.selected.value;
  const steps = frame?.steps ?? lab.state.value.steps;
  const canvas = useDraw<HTMLCanvasElement>(
    (canvas) => frame && map && drawMap(canvas, { map, steps, reach: reachOf(frame.settings, steps) }),
    [frame, map],
  );

  const point = (event: TargetedPointerEvent<HTMLDivElement>) => {
    if (event.type === "pointermove" && event.buttons === 0) return;
    const box = event.currentTarget.getBoundingClientRect();
    const row = Math.ceil(((event.clientY - box.top) / box.height) * steps);
    const column = Math.ceil(((event.clientX - box.left) / box.width) * steps);
    select(page, Math.max(row, 1), column);
  };
  const key = (event: TargetedKeyboardEvent<HTMLDivElement>) => {
    if (event.key === "Escape") event.currentTarget.blur();
    else if (event.key === "Enter") lab.togglePin();
    else {
      const next = moved({ t, k }, steps, event.key, event.shiftKey);
      if (!next) return;
      select(page, next.t, next.k);
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <Panel
      name="map-panel"
      title="All pairs of steps"
      about="How much of a small change at step k (across) is still felt at step t (down)."
      aside={
        <select
          class="choice compact"
          aria-label="What the map shows"
          value={mode}
          onChange={(event) => lab.change({ map: event.currentTarget.value as MapMode })}
        >
          {modes(pinned !== undefined).map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      }
    >
      <div class="map">
        <Axes labels={frame?.labels ?? []} steps={steps} text={frame?.settings.input === "text"} />
        <div
          class="map-plot"
          role="application"
          ref={focusable}
          aria-label={frame && describe(frame, "map")}
          aria-describedby={`${id}-keys`}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            point(event);
          }}
          onPointerMove={point}
          onKeyDown={key}
        >
          <canvas ref={canvas} />
          <svg class="cross" viewBox={`0 0 ${steps} ${steps}`} preserveAspectRatio="none" aria-hidden="true">
            {["cross-halo", "cross-line"].map((layer) => (
              <g key={layer} class={layer}>
                <rect x={0} y={t - 1} width={t} height={1} />
                <rect x={k - 1} y={k - 1} width={1} height={steps - k + 1} />
                <rect class="cross-cell" x={k - 1} y={t - 1} width={1} height={1} />
              </g>
            ))}
          </svg>
          {map && <Legend map={map} />}
        </div>
        <Handles steps={steps} />
      </div>
      <p class="readout small figures">{lab.detail.value?.sentence ?? " "}</p>
      <p id={`${id}-keys`} class="heard">
        Arrow keys move the cross, with Shift by five steps. Home and End go to the ends of the row. Enter
        pins, Escape leaves.
      </p>
      {second && frame && map && <second.MapTable frame={frame} map={map} />}
    </Panel>
  );
}
