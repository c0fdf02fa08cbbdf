import { signal } from "@preact/signals";
import { encode } from "fast-png";
import { renderToString } from "preact-render-to-string";
import { defaults, phoneDefaults } from "../src/core/controls.ts";
import { shownMap } from "../src/core/curves.ts";
import { computeFrame } from "../src/core/frame/compute-frame.ts";
import type { LabState } from "../src/core/settings.ts";
import { App } from "../src/page/app.tsx";
import { pixelsOf } from "../src/page/map/pixels.ts";
import { createPage } from "../src/page/parts/page.ts";
import { stillLab } from "./still-lab.ts";

/** What is in the page before any program runs. */
export interface Prerendered {
  /** The screen with the first values, and that of a phone. */
  readonly wide: string;
  readonly narrow: string;
  /** Rules with the maps of both. */
  readonly css: string;
}

export function prerender(): Prerendered {
  const [wide, narrow] = [screen(defaults, false), screen(phoneDefaults, true)];
  return {
    wide: wide.html,
    narrow: narrow.html,
    css: `${rule(wide.map)}@media(width<700px){${rule(narrow.map)}}`,
  };
}

function screen(state: LabState, isNarrow: boolean): { readonly html: string; readonly map: string } {
  const frame = computeFrame(state, () => 0);
  const page = createPage(stillLab(state, frame), signal(isNarrow));
  const data = pixelsOf(shownMap(frame, "measured"));
  const png = encode({ width: frame.steps, height: frame.steps, data, channels: 4, depth: 8 });
  return {
    html: shortNumbers(renderToString(<App page={page} />)),
    map: `data:image/png;base64,${Buffer.from(png).toString("base64")}`,
  };
}

/** Coordinates to a hundredth of a unit, which no eye can tell from more. */
function shortNumbers(html: string): string {
  return html.replace(/\d+\.\d{6,}/g, (number) => String(Number(Number(number).toFixed(2))));
}

/** The canvas of the live page lies over it. */
function rule(map: string): string {
  return `.still .map-plot{background:url(${map}) 0 0/100% 100%;image-rendering:pixelated}`;
}
