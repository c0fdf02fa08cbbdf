import { extname } from "node:path";
import { type Surroundings, save, UsageError } from "@unroll/terminal";
import type { Frame } from "../../core/frame.ts";
import type { LabState } from "../../core/settings.ts";
import { chainSvg } from "../../render/chain-svg.ts";
import { curvesSvg } from "../../render/curves-svg.ts";
import { mapSvg } from "../../render/map-svg.ts";
import { compute, computeSettings } from "../compute.ts";
import type { RenderOptions } from "../program.ts";

/**
 * Draws a picture of the page as an SVG file.
 * @throws UsageError for a file of another kind, WriteError if it can't be written
 */
export async function renderCommand(
  what: string,
  options: RenderOptions,
  surroundings: Surroundings,
): Promise<void> {
  const { out, picture } = options;
  const ending = extname(out).toLowerCase();
  if (out !== "-" && ending !== ".svg")
    throw new UsageError(
      `--out ${out} ends in "${ending}", expected .svg`,
      { got: ending, expected: ".svg" },
      "The page saves PNG files, too.",
    );
  const { state, frame, beyond } = await compute(what, options, surroundings);
  const pinned = state.pin
    ? computeSettings(state.pin, { model: beyond.model }, surroundings).frame
    : undefined;
  const svg = DRAWN[picture](frame, state, pinned);
  if (out === "-") surroundings.stdout.write(svg);
  else await save(out, svg);
}

const DRAWN: Readonly<
  Record<RenderOptions["picture"], (frame: Frame, state: LabState, pinned: Frame | undefined) => string>
> = {
  map: (frame, { map }, pinned) => mapSvg(frame, map, pinned),
  curves: (frame, { t }, pinned) => curvesSvg(frame, t ?? frame.steps, pinned),
  network: (frame, { t }) => chainSvg(frame, t ?? frame.steps),
};
