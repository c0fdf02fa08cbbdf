import { isLive, type Surroundings } from "@unroll/terminal";
import { type Computed, computeMeasured } from "../core/frame/compute-frame.ts";
import type { BeyondLink } from "../core/lab.ts";
import type { LabState, Settings } from "../core/settings.ts";
import { open } from "./open.ts";

/** What a link or a file shows, computed. */
export interface Shown extends Computed {
  readonly state: LabState;
  readonly beyond: BeyondLink;
}

export interface ComputeOptions {
  readonly with?: string;
  readonly quiet?: boolean;
}

/**
 * Computes what the page shows for a link or a file. What had to be changed in it, and why training stopped, is said on
 * stderr.
 */
export async function compute(
  what: string,
  options: ComputeOptions,
  surroundings: Surroundings,
): Promise<Shown> {
  const { state, notes, ...beyond } = await open(what, options.with);
  const computed = computeSettings(state, beyond, surroundings);
  const said = [...notes, computed.course.stopped].filter((note) => note !== undefined);
  if (!options.quiet) for (const note of said) surroundings.stderr.write(`${note}\n`);
  return { ...computed, state, beyond };
}

/** Milliseconds between two lines about training. */
const PAUSE = 200;

/** The frame of settings, with a line about training where it is shown and takes long. */
export function computeSettings(
  settings: Settings,
  beyond: BeyondLink,
  { stderr, env }: Surroundings,
): Computed {
  const clock = (): number => performance.now();
  if (!isLive(stderr, env)) return computeMeasured(settings, clock, beyond);
  let said = clock();
  let written = false;
  const computed = computeMeasured(settings, clock, beyond, (update) => {
    if (clock() - said < PAUSE) return;
    said = clock();
    written = true;
    stderr.write(`\rtraining: update ${update} of ${settings.trained}`);
  });
  if (written) stderr.write("\r\u001b[K");
  return computed;
}
