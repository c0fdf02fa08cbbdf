import { describe, expect, it } from "vitest";
import { controls, defaults } from "../core/controls.ts";
import { computeFrame } from "../core/frame/compute-frame.ts";
import type { Frame } from "../core/frame.ts";
import type { LabState, MapMode } from "../core/settings.ts";
import { chainSvg } from "./chain-svg.ts";
import { curvesSvg } from "./curves-svg.ts";
import { mapSvg } from "./map-svg.ts";

const frameOf = (part: Partial<LabState>): Frame =>
  computeFrame({ ...defaults, hidden: 4, steps: 12, ...part }, () => 0);

const frames: Readonly<Record<string, Frame>> = {
  usual: frameOf({}),
  cut: frameOf({ truncate: 3 }),
  exploding: frameOf({ cell: "linear", gain: 3, steps: 60 }),
  vanished: frameOf({ gain: 0 }),
  adding: frameOf({ input: "adding" }),
  hostile: frameOf({ input: "text", text: `<script>"&'</script>]]>` }),
};
const modes: readonly MapMode[] = ["measured", "bound", "ratio", "loss", "share", "difference"];

/** Names of the open elements at the end: none in a well-formed file. Fails on what no XML file may hold. */
function openElements(xml: string): string[] {
  expect(xml).not.toMatch(/NaN|undefined|Infinity|<script/);
  expect(xml.replace(/&(amp|lt|gt|quot);/g, "")).not.toContain("&");
  const open: string[] = [];
  for (const [, end, name, attributes, empty] of xml.matchAll(
    /<(\/?)([a-zA-Z]+)((?:\s[\w-]+="[^"<]*"|\s[\w:]+="[^"<]*")*)\s*(\/?)>/g,
  )) {
    if (end) expect(open.pop()).toBe(name);
    else if (!empty) open.push(name);
    expect(attributes).not.toContain("<");
  }
  return open;
}

describe.each(Object.entries(frames))("pictures of a frame: %s", (_name, frame) => {
  it.each(modes)("the map of %s is a well-formed file", (mode) => {
    const svg = mapSvg(frame, mode, frames.usual);
    expect(openElements(svg)).toEqual([]);
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" /);
    expect(svg).toMatch(/<title>.+<\/title>\n<desc>.+<\/desc>/);
  });

  it("the curves and the chain are well-formed files", () => {
    for (const svg of [
      curvesSvg(frame),
      curvesSvg(frame, 3, frames.usual),
      chainSvg(frame),
      chainSvg(frame, 2),
    ])
      expect(openElements(svg)).toEqual([]);
  });
});

it("hatches what truncation cuts, and nothing else", () => {
  expect(mapSvg(frames.cut, "measured")).toContain('fill="url(#cut)"');
  expect(mapSvg(frames.usual, "measured")).not.toContain("url(#cut)");
  expect(mapSvg(frames.adding, "loss")).toContain('fill="url(#broken)"');
});

it("says the alternative text", () => {
  expect(mapSvg(frames.usual, "measured")).toContain("Map of ‖∂h_t/∂h_k‖ for all steps k ≤ t up to 12.");
  expect(controls.steps.maximum).toBe(200);
});

it("of 200 steps stays below a megabyte, however rough its map", () => {
  const T = 200;
  const measured = Float64Array.from({ length: T * T }, (_, i) =>
    i % T > Math.floor(i / T) ? Number.NaN : Math.sin(i * i) - 0.03 * (Math.floor(i / T) - (i % T)),
  );
  const large: Frame = {
    ...frames.usual,
    steps: T,
    labels: Array(T).fill("x"),
    maps: { ...frames.usual.maps, measured },
  };
  expect(mapSvg(large, "measured").length).toBeLessThan(900_000);
});
