import { sharpCanvas } from "@unroll/page-parts";
import type { ShownMap } from "../../core/curves.ts";
import { contour } from "../../render/contours.ts";
import { CONTOURS } from "../../render/map-scale.ts";
import { pixelsOf } from "./pixels.ts";

export interface Drawn {
  readonly map: ShownMap;
  readonly steps: number;
  /** The earliest step that each step's loss reaches; what lies before is cut. Steps from 1. */
  readonly reach: Int32Array;
}

/** The map on a canvas: colors, hatch where a gradient is cut or not finite, and contour lines. */
export function drawMap(canvas: HTMLCanvasElement, { map, steps, reach }: Drawn): void {
  const { on, width, height } = sharpCanvas(canvas);
  on.imageSmoothingEnabled = false;
  on.drawImage(picture(map, steps), 0, 0, width, height);
  const cell = width / steps;
  hatch(on, cell, steps, map.values, reach);
  if (map.scale !== "diverging") return;
  for (const { at, dash } of CONTOURS) {
    const pieces = contour(map.values, steps, steps, at);
    if (pieces.length === 0) continue;
    const path = new Path2D();
    for (let i = 0; i < pieces.length; i += 4) {
      path.moveTo((pieces[i] + 0.5) * cell, (pieces[i + 1] + 0.5) * cell);
      path.lineTo((pieces[i + 2] + 0.5) * cell, (pieces[i + 3] + 0.5) * cell);
    }
    on.setLineDash([]);
    on.lineWidth = 2.5;
    on.strokeStyle = "rgb(255 255 255 / 0.55)";
    on.stroke(path);
    on.setLineDash([...dash]);
    on.lineWidth = 1.25;
    on.strokeStyle = "rgb(25 20 35)";
    on.stroke(path);
  }
  on.setLineDash([]);
}

function picture(map: ShownMap, steps: number): OffscreenCanvas {
  const cells = new OffscreenCanvas(steps, steps);
  cells.getContext("2d")!.putImageData(new ImageData(pixelsOf(map), steps, steps), 0, 0);
  return cells;
}

/** Slanted lines over cells that are cut, and crossed ones over values that are not finite. */
function hatch(
  on: CanvasRenderingContext2D,
  cell: number,
  steps: number,
  values: Float64Array,
  reach: Drawn["reach"],
): void {
  for (let t = 1; t <= steps; t++)
    for (let k = 1; k <= t; k++) {
      const value = values[(t - 1) * steps + k - 1];
      const broken = Number.isNaN(value) || value === Infinity;
      if (!broken && k >= reach[t - 1]) continue;
      strike(on, (k - 1) * cell, (t - 1) * cell, cell, false);
      if (broken) strike(on, (k - 1) * cell, (t - 1) * cell, cell, true);
    }
}

/** Lines through one cell, placed by the canvas so that those of neighbors join. */
function strike(on: CanvasRenderingContext2D, x: number, y: number, size: number, other: boolean): void {
  const apart = 7;
  on.save();
  on.beginPath();
  on.rect(x, y, size, size);
  on.clip();
  on.beginPath();
  const from = Math.floor((other ? x - y - size : x + y) / apart) * apart;
  for (let line = from; line <= from + 2 * size + 2 * apart; line += apart) {
    on.moveTo(other ? line + y : line - y, y);
    on.lineTo(other ? line + y + size : line - y - size, y + size);
  }
  on.lineWidth = 2.2;
  on.strokeStyle = "rgb(255 255 255 / 0.75)";
  on.stroke();
  on.lineWidth = 1;
  on.strokeStyle = "rgb(25 20 35 / 0.8)";
  on.stroke();
  on.restore();
}
