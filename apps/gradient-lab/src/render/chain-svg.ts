import { reachOf } from "../core/cut.ts";
import type { Frame } from "../core/frame.ts";
import { describe } from "../core/words/describe.ts";
import { visible } from "./axis-steps.ts";
import * as at from "./chain-geometry.ts";
import { cssColor, divergingColors, divergingLevel, LEVELS, level, unsignedColors } from "./palette.ts";
import { SOFT, short, svgFile, svgText } from "./svg.ts";

/** The unrolled network as an SVG file: states on top, and the gradient of step t on its way back. */
export function chainSvg(frame: Frame, t: number = frame.steps): string {
  const { steps } = frame;
  const width = Math.ceil(at.widthOf(steps));
  const pitch = at.pitchOf(steps);
  const end = at.xOf(steps, steps) + pitch / 2 + 8;
  const title = `The network, unrolled: the gradient of step ${t} on its way back`;
  return svgFile({
    width,
    height: at.HEIGHT + 56,
    title,
    description: describe(frame, "chain"),
    body: [
      svgText(8, 22, title, 'font-size="15" font-weight="600"'),
      '<g transform="translate(0 34)" font-size="11">',
      ...["state", "forward", "gradient"].map((word, i) => {
        const y = [at.STATES.top + at.STATES.height / 2, at.FORWARD_Y, at.FLOW_Y][i];
        return svgText(8, y + 4, word, `fill="${SOFT}"`);
      }),
      ...states(frame),
      ...inputs(frame),
      `<path fill="none" stroke="${SOFT}" d="M${at.LEFT - 6} ${at.FORWARD_Y}H${short(end)}l-5 -4m5 4l-5 4"/>`,
      ...Array.from(frame.chain.openness, (open, i) => {
        const place = `cx="${short(at.xOf(steps, i + 1))}" cy="${at.FORWARD_Y}"`;
        const radius = 4.5 * Math.sqrt(Math.min(1, Math.max(0, open)));
        return `<circle ${place} r="4.5" fill="#fff" stroke="${SOFT}"/><circle ${place} r="${short(radius)}" fill="#00694c"/>`;
      }),
      ...flow(frame, t),
      ...at
        .labelledSteps(steps)
        .map((step) =>
          svgText(at.xOf(steps, step), at.STEP_Y, `h${step}`, `text-anchor="middle" fill="${SOFT}"`),
        ),
      "</g>",
      svgText(8, at.HEIGHT + 48, frame.status.headline, `fill="${SOFT}"`),
    ],
  });
}

/** A column for each step, a cell for each unit, blue for the most negative, yellow for the most positive state. */
function states({ steps, hidden, chain }: Frame): string[] {
  let most = 0;
  for (const state of chain.states) if (Number.isFinite(state)) most = Math.max(most, Math.abs(state));
  const colors = unsignedColors();
  const height = at.STATES.height / hidden;
  const paths = new Map<number, string>();
  for (let t = 0; t < steps; t++)
    for (let unit = 0; unit < hidden; unit++) {
      const state = chain.states[t * hidden + unit];
      const color = (Number.isFinite(state) ? level(0.5 + state / (2 * (most || 1))) : LEVELS - 1) & ~15;
      const [x, y] = [at.xOf(steps, t + 1) - at.pitchOf(steps) / 2, at.STATES.top + unit * height];
      const width = short(0.75 * at.pitchOf(steps));
      paths.set(
        color,
        `${paths.get(color) ?? ""}M${short(x)} ${short(y)}h${width}v${short(height)}h-${width}z`,
      );
    }
  return Array.from(paths, ([color, d]) => `<path fill="${cssColor(colors, color)}" d="${d}"/>`);
}

/** What each step reads: characters, else ticks. */
function inputs({ steps, settings, chain }: Frame): string[] {
  const letters = settings.input === "text" || settings.input === "copy";
  return chain.input.map((input, i) => {
    const x = at.xOf(steps, i + 1);
    return letters
      ? svgText(x, 11, visible(input), 'text-anchor="middle"')
      : `<path stroke="${SOFT}" d="M${short(x)} 6v7"/>`;
  });
}

/** The gradient of step t on its way back, an arrow for each step, paler where truncation cuts it off. */
function flow({ steps, maps, settings }: Frame, t: number): string[] {
  const reach = reachOf(settings, steps)[t - 1];
  const colors = divergingColors();
  const left = (step: number): number => maps.measured[(t - 1) * steps + step - 1];
  const arrows = Array.from({ length: t - 1 }, (_, i) => t - i).map((step) => {
    const color = cssColor(colors, divergingLevel(left(step - 1)));
    const pale = step - 1 < reach ? ' opacity="0.25"' : "";
    const d = at.arrow(steps, step, left(step), left(step - 1));
    return `<path fill="${color}" stroke="${SOFT}" stroke-width="0.5"${pale} d="${d}"/>`;
  });
  if (reach === 1) return arrows;
  const x = short((at.xOf(steps, reach - 1) + at.xOf(steps, reach)) / 2);
  return [...arrows, `<path stroke="#a54a00" stroke-width="2" d="M${x} ${at.FLOW_Y - 22}v44"/>`];
}
