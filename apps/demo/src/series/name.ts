import { shortNumber } from "../terminal/words.ts";
import { networkName } from "../training/settings.ts";
import type { Settings } from "./settings.ts";

/** What forecasts, in words: `mean of 5 × elman 16`. */
export function networksOf(settings: Settings): string {
  return `${settings.seeds > 1 ? `mean of ${settings.seeds} × ` : ""}${networkName(settings)}`;
}

/** The same with its share: `mean of 5 × elman 12, 0.5 of it least squares`. */
export function nameOf(settings: Settings): string {
  const { share } = settings;
  return share < 1
    ? `${networksOf(settings)}, ${shortNumber(1 - share)} least squares`
    : networksOf(settings);
}
