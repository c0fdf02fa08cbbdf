import type { VNode } from "preact";
import type { ShownMap } from "../../core/curves.ts";
import { cssColor, LEVELS } from "../../render/palette.ts";
import { SEQUENTIAL_DECADES, scaleOf } from "./pixels.ts";

/** What the colors mean, in the half of the map that is empty: no step reaches into the past. */
export function Legend({ map }: { readonly map: ShownMap }): VNode {
  const { colors, top } = scaleOf(map);
  const stops = Array.from({ length: 17 }, (_, i) => cssColor(colors, Math.round((i / 16) * (LEVELS - 1))));
  return (
    <div class="legend" aria-hidden="true">
      {map.scale === "diverging" && (
        <div class="legend-words">
          <span>vanishes</span>
          <span>explodes</span>
        </div>
      )}
      <div class="legend-bar" style={{ background: `linear-gradient(to right, ${stops.join()})` }} />
      <div class="legend-marks figures">
        {marks(map.scale, top).map((mark) => (
          <span key={mark}>{mark}</span>
        ))}
      </div>
    </div>
  );
}

function marks(scale: ShownMap["scale"], top: number): readonly string[] {
  if (scale === "diverging") return ["1/1000", "1", "1000"];
  if (scale === "share") return ["0", `${(100 * top).toPrecision(2)} %`];
  return [power(top - SEQUENTIAL_DECADES), power(top)];
}

function power(log10: number): string {
  return `10${[...String(Math.round(log10))].map((sign) => SUPERSCRIPTS[sign]).join("")}`;
}

const SUPERSCRIPTS: Readonly<Record<string, string>> = {
  "-": "⁻",
  "0": "⁰",
  "1": "¹",
  "2": "²",
  "3": "³",
  "4": "⁴",
  "5": "⁵",
  "6": "⁶",
  "7": "⁷",
  "8": "⁸",
  "9": "⁹",
};
