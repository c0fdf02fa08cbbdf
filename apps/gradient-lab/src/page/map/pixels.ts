import type { ShownMap } from "../../core/curves.ts";
import { scaleOf } from "../../render/map-scale.ts";

/** One pixel, red green blue alpha, for each cell of a map; transparent where there is no value. */
export function pixelsOf(map: ShownMap): Uint8ClampedArray<ArrayBuffer> {
  const { colors, levelOf } = scaleOf(map);
  const pixels = new Uint8ClampedArray(4 * map.values.length);
  for (let i = 0; i < map.values.length; i++) {
    const value = map.values[i];
    if (Number.isNaN(value)) continue;
    const entry = 3 * levelOf(value);
    pixels[4 * i] = colors[entry];
    pixels[4 * i + 1] = colors[entry + 1];
    pixels[4 * i + 2] = colors[entry + 2];
    pixels[4 * i + 3] = 255;
  }
  return pixels;
}
