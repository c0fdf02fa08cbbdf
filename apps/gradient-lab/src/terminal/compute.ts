import { isLive, type Surroundings, UsageError } from "@unroll/terminal";
import { type Computed, computeMeasured } from "../core/frame/compute-frame.ts";
import { stateOfLink } from "../core/link/link.ts";
import type { LabState, Settings } from "../core/settings.ts";

/** What a link shows, computed. */
export interface Shown extends Computed {
  readonly state: LabState;
}

/**
 * Computes what the page shows for a link. What had to be changed in it, and why training stopped, is said on stderr.
 * @throws UsageError if the words are no link
 */
export function compute(
  link: string,
  { quiet = false }: { readonly quiet?: boolean },
  surroundings: Surroundings,
): Shown {
  if (!link.includes("#"))
    throw new UsageError(
      `"${link}" is no link of the lab`,
      { got: link, expected: "#v1…" },
      "A link has a #, as '#v1&gain=0.8'; in most shells it stands between quotes.",
    );
  const { state, notes } = stateOfLink(link);
  const computed = computeSettings(state, surroundings);
  const said = [...notes, computed.course.stopped].filter((note) => note !== undefined);
  if (!quiet) for (const note of said) surroundings.stderr.write(`${note}\n`);
  return { ...computed, state };
}

/** Milliseconds between two lines about training. */
const PAUSE = 200;

/** The frame of settings, with a line about training where it is shown and takes long. */
export function computeSettings(settings: Settings, { stderr, env }: Surroundings): Computed {
  const clock = (): number => performance.now();
  if (!isLive(stderr, env)) return computeMeasured(settings, clock);
  let said = clock();
  let written = false;
  const computed = computeMeasured(settings, clock, (update) => {
    if (clock() - said < PAUSE) return;
    said = clock();
    written = true;
    stderr.write(`\rtraining: update ${update} of ${settings.trained}`);
  });
  if (written) stderr.write("\r\u001b[K");
  return computed;
}
