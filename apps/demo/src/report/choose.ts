import { colorsFor, isLive, type Surroundings } from "../terminal/streams.ts";
import { jsonReporter } from "./json.ts";
import { liveReporter } from "./live.ts";
import { plainReporter } from "./plain.ts";
import { quietReporter } from "./quiet.ts";
import type { Reporter } from "./reporter.ts";

export interface ReportOptions {
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
  readonly color: boolean;
  readonly ascii?: boolean | undefined;
}

/** The reporter for these options and this terminal, or pipe. */
export function chooseReporter(
  { json, quiet, color, ascii = false }: ReportOptions,
  { stdout, stderr, env }: Surroundings,
  now: () => number,
): Reporter {
  if (json) return jsonReporter(stdout, quiet);
  if (quiet) return quietReporter(stdout, stderr);
  const colors = colorsFor(stderr, env, color);
  if (isLive(stderr, env)) return liveReporter({ stdout, stderr, colors, now, ascii });
  return plainReporter(stdout, stderr, colors, now);
}
