import { type ShownMap, shownMap } from "../core/curves.ts";
import { reachOf } from "../core/cut.ts";
import type { Frame } from "../core/frame.ts";
import type { MapMode } from "../core/settings.ts";
import { describe } from "../core/words/describe.ts";
import { characterSteps, roundSteps, visible } from "./axis-steps.ts";
import { contour } from "./contours.ts";
import { CONTOURS, legendMarks, scaleOf } from "./map-scale.ts";
import { cssColor, LEVELS } from "./palette.ts";
import { INK, SOFT, short, svgFile, svgText } from "./svg.ts";

const SIZE = 480;
const LEFT = 44;
const TOP = 40;

/** The map as an SVG file: colors, hatch where truncation cuts or nothing is finite, contours, axes, legend, the sentence. */
export function mapSvg(frame: Frame, mode: MapMode, pinned?: Frame): string {
  const map = shownMap(frame, mode, pinned);
  const cell = SIZE / frame.steps;
  return svgFile({
    width: LEFT + SIZE + 26,
    height: TOP + SIZE + 86,
    title: map.title,
    description: describe(frame, "map"),
    body: [
      svgText(LEFT, 24, map.title, 'font-size="15" font-weight="600"'),
      `<g transform="translate(${LEFT} ${TOP}) scale(${short(cell)})" shape-rendering="crispEdges">`,
      ...cells(map, frame.steps),
      "</g>",
      `<g transform="translate(${LEFT} ${TOP})">`,
      ...hatch(map, frame, cell),
      ...(map.scale === "diverging" ? contours(map, frame.steps, cell) : []),
      ...axes(frame, cell),
      ...legend(map),
      "</g>",
      svgText(LEFT, TOP + SIZE + 58, frame.status.headline, `fill="${SOFT}"`),
      svgText(LEFT, TOP + SIZE + 76, frame.status.detail, `fill="${SOFT}"`),
    ],
  });
}

/** One path for each color, in which cells of a row that have it stand together. */
function cells(map: ShownMap, steps: number): string[] {
  const { colors, levelOf } = scaleOf(map);
  const paths = new Map<number, string>();
  for (let t = 0; t < steps; t++)
    for (let k = 0; k <= t; ) {
      const value = map.values[t * steps + k];
      if (Number.isNaN(value)) {
        k++;
        continue;
      }
      // An eighth of the colors: the eye sees no more, and the file stays small.
      const color = levelOf(value) & ~7;
      let end = k + 1;
      while (end <= t && (levelOf(map.values[t * steps + end]) & ~7) === color) end++;
      paths.set(color, `${paths.get(color) ?? ""}M${k} ${t}h${end - k}v1h${k - end}z`);
      k = end;
    }
  return Array.from(paths, ([color, d]) => `<path fill="${cssColor(colors, color)}" d="${d}"/>`);
}

/** Slanted lines over what truncation cuts, crossed ones over what is not finite. */
function hatch(map: ShownMap, frame: Frame, cell: number): string[] {
  const { steps, settings } = frame;
  const reach = reachOf(settings, steps);
  let cut = "";
  let broken = "";
  for (let t = 1; t <= steps; t++) {
    const first = Math.min(reach[t - 1] - 1, t);
    if (first > 0) cut += rectangle(0, t - 1, first, cell);
    for (let k = 1; k <= t; k++) {
      const value = map.values[(t - 1) * steps + k - 1];
      if (Number.isNaN(value) || value === Number.POSITIVE_INFINITY)
        broken += rectangle(k - 1, t - 1, 1, cell);
    }
  }
  const pattern = (id: string, d: string): string =>
    `<pattern id="${id}" width="7" height="7" patternUnits="userSpaceOnUse">` +
    `<path d="${d}" stroke="#fff" stroke-opacity="0.75" stroke-width="2.2"/><path d="${d}" stroke="${INK}" stroke-width="1"/></pattern>`;
  return [
    ...(cut ? [pattern("cut", "M-1 8L8-1M-1 1L1-1M6 8L8 6"), `<path fill="url(#cut)" d="${cut}"/>`] : []),
    ...(broken ? [pattern("broken", "M0 7L7 0M0 0L7 7"), `<path fill="url(#broken)" d="${broken}"/>`] : []),
  ];
}

const rectangle = (column: number, row: number, columns: number, cell: number): string =>
  `M${short(column * cell)} ${short(row * cell)}h${short(columns * cell)}v${short(cell)}h${short(-columns * cell)}z`;

/** Each line is drawn on a paler, wider one, so that it is seen on any color. */
function contours(map: ShownMap, steps: number, cell: number): string[] {
  return CONTOURS.flatMap(({ at, dash }) => {
    const pieces = contour(map.values, steps, steps, at);
    let d = "";
    const place = (i: number): string => short((pieces[i] + 0.5) * cell);
    for (let i = 0; i < pieces.length; i += 4)
      d += `M${place(i)} ${place(i + 1)}L${place(i + 2)} ${place(i + 3)}`;
    if (d === "") return [];
    const line = `<use href="#contour${at}" fill="none"`;
    return [
      `<defs><path id="contour${at}" d="${d}"/></defs>`,
      `${line} stroke="#fff" stroke-opacity="0.55" stroke-width="2.5"/>`,
      `${line} stroke="${INK}" stroke-width="1.25" stroke-dasharray="${dash.join(" ")}"/>`,
    ];
  });
}

function axes({ steps, labels, settings }: Frame, cell: number): string[] {
  const text = settings.input === "text";
  const marked = text ? characterSteps(steps, SIZE) : roundSteps(steps);
  const label = (t: number): string => (text ? visible(labels[t - 1]) : String(t));
  const middle = (t: number): number => (t - 0.5) * cell;
  const size = text ? ` font-size="${short(Math.min(12, 1.2 * cell * (marked[1] - 1 || 1)))}"` : "";
  return [
    ...marked.map((t) => svgText(-8, middle(t) + 4, label(t), `text-anchor="end"${size}`)),
    ...marked.map((k) => svgText(middle(k), SIZE + 16, label(k), `text-anchor="middle"${size}`)),
    svgText(8 - LEFT, -8, "step t", 'font-weight="600"'),
    svgText(SIZE, SIZE + 34, "step k", 'text-anchor="end" font-weight="600"'),
  ];
}

/** In the half of the map that is empty: no step reaches into the past. */
function legend(map: ShownMap): string[] {
  const { colors } = scaleOf(map);
  const [x, y, width] = [SIZE - 190, 30, 180];
  const stops = Array.from({ length: 17 }, (_, i) => {
    const color = cssColor(colors, Math.round((i / 16) * (LEVELS - 1)));
    return `<stop offset="${i / 16}" stop-color="${color}"/>`;
  });
  const marks = legendMarks(map);
  const anchors = ["start", ...Array(marks.length - 2).fill("middle"), "end"];
  return [
    `<linearGradient id="colors">${stops.join("")}</linearGradient>`,
    `<rect x="${x}" y="${y}" width="${width}" height="12" fill="url(#colors)"/>`,
    ...(map.scale === "diverging"
      ? [svgText(x, y - 6, "vanishes"), svgText(x + width, y - 6, "explodes", 'text-anchor="end"')]
      : []),
    ...marks.map((mark, i) =>
      svgText(x + (width * i) / (marks.length - 1), y + 26, mark, `text-anchor="${anchors[i]}"`),
    ),
  ];
}
