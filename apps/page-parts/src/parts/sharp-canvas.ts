/** Makes a canvas as fine as the screen and returns what draws on it, in CSS pixels from 0,0; cleared. */
export function sharpCanvas(canvas: HTMLCanvasElement): {
  readonly on: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
} {
  const scale = Math.min(3, Math.max(1, devicePixelRatio));
  const { clientWidth: width, clientHeight: height } = canvas;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const on = canvas.getContext("2d")!;
  on.scale(scale, scale);
  return { on, width, height };
}
