import { linePlot } from "@unroll/page-parts/plot";
import { decayAt } from "../core/curves.ts";
import type { Frame } from "../core/frame.ts";
import { describe } from "../core/words/describe.ts";
import { decades } from "./decades.ts";
import { RULE, SOFT, short, svgFile, svgText } from "./svg.ts";

const WIDTH = 640;
const HEIGHT = 360;
const TOP = 36;

/** The decay curves of step t as an SVG file: measured, the ladder of bounds, and A if it is pinned. */
export function curvesSvg(frame: Frame, t: number = frame.steps, pinned?: Frame): string {
  const curves = decayAt(frame, t);
  const before = pinned && decayAt(pinned, Math.min(curves.t, pinned.steps));
  const lines = [
    { label: "bound", color: "#b04a00", dash: "7 4", width: 1.5, values: curves.bound },
    { label: "Π‖J‖", color: "#00694c", dash: "2 3", width: 1.5, values: curves.product },
    { label: "λ₁ slope", color: "#9a3d72", dash: "10 3 2 3", width: 1, values: curves.lyapunov },
    { label: "loss", color: "#0067a3", dash: "4 2", width: 1.5, values: curves.carried },
    ...(before ? [{ label: "A", color: "#7a6a00", dash: "1 3", width: 2, values: before.measured }] : []),
    { label: before ? "B" : "measured", color: "#211c2a", dash: "", width: 2.5, values: curves.measured },
  ];
  const plot = linePlot({
    width: WIDTH,
    height: HEIGHT,
    x: Array.from({ length: curves.t }, (_, lag) => lag),
    lines,
    range: decades(curves.measured, before?.measured),
    logarithmic: true,
    room: 80,
    titled: true,
  });
  const { left, right, top, bottom } = plot;
  const title = `What is left of the gradient, back from step ${curves.t}`;
  const one = plot.yAt(0);
  return svgFile({
    width: WIDTH,
    height: TOP + HEIGHT + 26,
    title,
    description: describe(frame, "curves"),
    body: [
      svgText(left, 24, title, 'font-size="15" font-weight="600"'),
      `<g transform="translate(0 ${TOP})">`,
      `<clipPath id="plot"><rect x="${left}" y="${top - 2}" width="${right - left}" height="${bottom - top + 4}"/></clipPath>`,
      ...plot.yTicks.flatMap(({ at, text }) => [
        `<path stroke="${RULE}" d="M${left} ${short(at)}H${right}"/>`,
        svgText(left - 6, at + 4, text, 'text-anchor="end"'),
      ]),
      ...plot.xTicks.map(({ at, text }) => svgText(at, bottom + 16, text, 'text-anchor="middle"')),
      svgText((left + right) / 2, HEIGHT - 3, "steps back, t - k", 'text-anchor="middle"'),
      ...(one >= top && one <= bottom
        ? [`<path stroke="${SOFT}" d="M${left} ${short(one)}H${right}"/>`]
        : []),
      '<g clip-path="url(#plot)" fill="none">',
      ...plot.lines.map(({ path }, i) => {
        const { color, dash, width } = lines[i];
        return `<path stroke="${color}" stroke-width="${width}"${dash && ` stroke-dasharray="${dash}"`} d="${path}"/>`;
      }),
      "</g>",
      ...plot.lines.flatMap(({ label, labelAt }, i) =>
        labelAt === undefined ? [] : [svgText(right + 7, labelAt + 4, label, `fill="${lines[i].color}"`)],
      ),
      "</g>",
      svgText(left, TOP + HEIGHT + 16, `${frame.status.headline} ${frame.status.detail}`, `fill="${SOFT}"`),
    ],
  });
}
