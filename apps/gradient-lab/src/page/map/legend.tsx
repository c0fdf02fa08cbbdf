import type { VNode } from "preact";
import type { ShownMap } from "../../core/curves.ts";
import { legendMarks, scaleOf } from "../../render/map-scale.ts";
import { cssColor, LEVELS } from "../../render/palette.ts";

/** What the colors mean, in the half of the map that is empty: no step reaches into the past. */
export function Legend({ map }: { readonly map: ShownMap }): VNode {
  const { colors } = scaleOf(map);
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
        {legendMarks(map).map((mark) => (
          <span key={mark}>{mark}</span>
        ))}
      </div>
    </div>
  );
}
