import type { Frame } from "../../core/frame.ts";
import { LEVELS, level, unsignedColors } from "../../render/palette.ts";

const colors = unsignedColors;

/**
 * The states as a picture: a column for each step, a cell for each unit, blue for its most negative, yellow for its most
 * positive value. Between the columns nothing is drawn.
 */
export function drawStates(canvas: HTMLCanvasElement, frame: Frame): void {
  const { steps, hidden } = frame;
  const { states } = frame.chain;
  let most = 0;
  for (const state of states) if (Number.isFinite(state)) most = Math.max(most, Math.abs(state));
  const table = colors();
  canvas.width = 4 * steps;
  canvas.height = hidden;
  const on = canvas.getContext("2d")!;
  const image = on.createImageData(canvas.width, canvas.height);
  for (let t = 0; t < steps; t++)
    for (let unit = 0; unit < hidden; unit++) {
      const state = states[t * hidden + unit];
      const entry = 3 * (Number.isFinite(state) ? level(0.5 + state / (2 * (most || 1))) : LEVELS - 1);
      for (let x = 4 * t; x < 4 * t + 3; x++) {
        const pixel = 4 * (unit * canvas.width + x);
        image.data.set([table[entry], table[entry + 1], table[entry + 2], 255], pixel);
      }
    }
  on.putImageData(image, 0, 0);
}
