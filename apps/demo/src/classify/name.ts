import { networkName } from "../training/settings.ts";
import type { Settings } from "./settings.ts";

/** How the network of a run is called in tables: `mean of 5 × elman 128+48`. */
export function nameOf(settings: Settings): string {
  const { seeds } = settings;
  return `${seeds > 1 ? `mean of ${seeds} × ` : ""}${networkName(settings)}`;
}
