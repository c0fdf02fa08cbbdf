import { focusableIfScrolled, useDraw } from "@unroll/page-parts";
import type { VNode } from "preact";
import { useMemo } from "preact/hooks";
import { reachOf } from "../../core/cut.ts";
import type { Frame } from "../../core/frame.ts";
import { describe } from "../../core/words/describe.ts";
import * as at from "../../render/chain-geometry.ts";
import { cssColor, divergingColors, divergingLevel } from "../../render/palette.ts";
import { select, usePage } from "../parts/page.ts";
import { Panel } from "../parts/panel.tsx";
import { drawStates } from "./draw-states.ts";
import { useFlow } from "./use-flow.ts";

/** The unrolled network: states on top, and below them the gradient of the selected step on its way back. */
export function Chain(): VNode {
  const page = usePage();
  const frame = page.lab.frame.value;
  const canvas = useDraw<HTMLCanvasElement>((canvas) => frame && drawStates(canvas, frame), [frame]);
  const flow = useFlow(frame, page.lab.training.status.value.playing);
  const steps = frame?.steps ?? page.lab.state.value.steps;
  const width = at.widthOf(steps);
  const { t, k } = page.selected.value;
  return (
    <Panel
      name="chain-panel"
      title="The network, unrolled"
      aside={
        <p class="soft small">
          The gradient of step {t} on its way back: the thinner the arrow, the less of it is left.
        </p>
      }
    >
      <div class="chain-scroll" ref={focusableIfScrolled}>
        <div class="chain" ref={flow} style={{ "--chain-width": width, "--chain-height": at.HEIGHT }}>
          <canvas
            ref={canvas}
            style={{
              left: `${(100 * at.LEFT) / width}%`,
              width: `${(100 * steps * at.pitchOf(steps)) / width}%`,
              top: `${(100 * at.STATES.top) / at.HEIGHT}%`,
              height: `${(100 * at.STATES.height) / at.HEIGHT}%`,
            }}
          />
          {frame && (
            <Drawing
              frame={frame}
              t={t}
              k={k}
              onPick={(step) => (step > t ? select(page, step, k) : select(page, t, step))}
            />
          )}
        </div>
      </div>
    </Panel>
  );
}

interface DrawingProps {
  readonly frame: Frame;
  readonly t: number;
  readonly k: number;
  readonly onPick: (step: number) => void;
}

function Drawing({ frame, t, k, onPick }: DrawingProps): VNode {
  const { steps, settings } = frame;
  const width = at.widthOf(steps);
  const x = (step: number) => at.xOf(steps, step);
  const pitch = at.pitchOf(steps);
  const back = Array.from({ length: t - 1 }, (_, i) => t - i);
  return (
    <svg
      viewBox={`0 0 ${width} ${at.HEIGHT}`}
      role="img"
      aria-label={describe(frame, "chain")}
      onPointerUp={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        const step = Math.ceil((((event.clientX - box.left) / box.width) * width - at.LEFT) / pitch);
        if (step >= 1 && step <= steps) onPick(step);
      }}
    >
      <g class="chain-words">
        <text x={0} y={at.STATES.top + at.STATES.height / 2 + 4}>
          state
        </text>
        <text x={0} y={at.FORWARD_Y + 4}>
          forward
        </text>
        <text x={0} y={at.FLOW_Y + 4}>
          gradient
        </text>
      </g>
      <rect
        class="chain-pick"
        x={x(k) - pitch / 2}
        y={at.STATES.top - 3}
        width={pitch}
        height={at.HEIGHT - at.STATES.top - 14}
        rx={3}
      />
      <rect
        class="chain-pick"
        x={x(t) - pitch / 2}
        y={at.STATES.top - 3}
        width={pitch}
        height={at.HEIGHT - at.STATES.top - 14}
        rx={3}
      />
      <Inputs frame={frame} />
      <path
        class="chain-forward"
        d={`M${at.LEFT - 6} ${at.FORWARD_Y}H${x(steps) + pitch / 2 + 8}l-5 -4m5 4l-5 4`}
      />
      {frame.labels.map((_, i) => (
        <g key={i} class="valve" style={{ "--order": i / steps }}>
          <circle class="valve-back" cx={x(i + 1)} cy={at.FORWARD_Y} r={4.5} />
          <circle
            class="valve-open"
            cx={x(i + 1)}
            cy={at.FORWARD_Y}
            r={4.5 * Math.sqrt(Math.min(1, Math.max(0, frame.chain.openness[i])))}
          />
        </g>
      ))}
      <Flow frame={frame} t={t} back={back} />
      <Cuts frame={frame} t={t} />
      <g class="chain-steps">
        {at.labelledSteps(steps).map((step) => (
          <text key={step} x={x(step)} y={at.STEP_Y}>
            h{step}
          </text>
        ))}
      </g>
      {settings.clip !== "off" && <Shield factor={frame.clip.factor} />}
    </svg>
  );
}

/** What each step reads: characters of a text, else ticks. */
function Inputs({ frame }: { readonly frame: Frame }): VNode {
  const letters = frame.settings.input === "text" || frame.settings.input === "copy";
  return (
    <g class="chain-inputs">
      {frame.chain.input.map((input, i) =>
        letters ? (
          <text key={i} x={at.xOf(frame.steps, i + 1)} y={11}>
            {input === " " ? "␣" : input}
          </text>
        ) : (
          <path key={i} d={`M${at.xOf(frame.steps, i + 1)} 6v7`} />
        ),
      )}
    </g>
  );
}

/** The gradient of step t on its way back, an arrow for each step. */
function Flow({
  frame,
  t,
  back,
}: {
  readonly frame: Frame;
  readonly t: number;
  readonly back: readonly number[];
}): VNode {
  const { steps, maps, settings } = frame;
  const reach = reachOf(settings, steps)[t - 1];
  const colors = useMemo(divergingColors, []);
  const left = (step: number) => maps.measured[(t - 1) * steps + step - 1];
  return (
    <g>
      {back.map((step) => (
        <path
          key={step}
          class="flow"
          data-cut={step - 1 < reach}
          style={{ "--order": (t - step) / steps }}
          fill={cssColor(colors, divergingLevel(left(step - 1)))}
          d={at.arrow(steps, step, left(step), left(step - 1))}
        />
      ))}
    </g>
  );
}

/** Where truncation cuts: between the last step that the loss of step t reaches and the one before. */
function Cuts({ frame, t }: { readonly frame: Frame; readonly t: number }): VNode | null {
  const { settings, steps } = frame;
  const reach = reachOf(settings, steps)[t - 1];
  if (reach === 1) return null;
  const x = (at.xOf(steps, reach - 1) + at.xOf(steps, reach)) / 2;
  return (
    <g class="cut-mark">
      <path d={`M${x} ${at.FLOW_Y - 22}v44`} />
      <text x={x - 4} y={at.FLOW_Y - 18}>
        cut
      </text>
    </g>
  );
}

/** What clipping multiplies the gradient of the weights with. */
function Shield({ factor }: { readonly factor: number }): VNode {
  return (
    <g class="shield" data-active={factor < 1} transform={`translate(4 ${at.FLOW_Y + 10})`}>
      <path d="M0 2l7-3 7 3v6c0 5-4 8-7 9-3-1-7-4-7-9z" />
      <text x={18} y={12}>
        clip
      </text>
    </g>
  );
}
