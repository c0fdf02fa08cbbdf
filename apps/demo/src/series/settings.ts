import { isCount, isTrainingSettings, type TrainingSettings } from "../training/settings.ts";
import type { CalendarSettings } from "./calendar.ts";

/** What the network corrects: 0, the last row, the row a season ago, or least squares with the inputs that the network has. */
export const BASES = ["zero", "last", "season", "least-squares"] as const;
export const LOSSES = ["huber", "mae", "mse"] as const;

/** What fixes a run: the same series and the same settings give the same model to the last bit. */
export interface Settings extends TrainingSettings, CalendarSettings {
  readonly base: (typeof BASES)[number];
  /** The rows that the network sees beside its memory, ascending: 1 is the last one. */
  readonly lags: readonly number[];
  /** Rows of the seasons, for baselines; the first one is that of the base "season". */
  readonly seasons: readonly number[];
  /** The lags of the least squares that the network is compared with. */
  readonly reference: readonly number[];
  /** The share of the network in the forecast, above 0; the rest is that of the least squares it is compared with. */
  readonly share: number;
  /** Rows between the beginnings of windows. */
  readonly stride: number;
  readonly loss: (typeof LOSSES)[number];
  /** Where Huber's loss changes from squares to absolute values, in standard deviations. */
  readonly delta: number;
  /** Rows that are validated and tested on at the end of each series; below 1: parts of it. */
  readonly validation: number;
  readonly test: number;
  /** Learn from the validation rows, too, and keep the last parameters: for settings that were chosen before. */
  readonly withValidation: boolean;
  /** How many rows ahead is tested. */
  readonly horizons: readonly number[];
}

/** Settings out of a file, or undefined if they are not what a run can have. */
export function parseSettings(value: unknown): Settings | undefined {
  if (!isTrainingSettings(value)) return undefined;
  const settings = value as Partial<Settings>;
  const { base, lags, seasons, reference, share, stride, loss, delta, validation, test, horizons } = settings;
  const { weekday, yearly, daily, withValidation } = settings;
  const chosen = BASES.includes(base!) && LOSSES.includes(loss!) && (base !== "season" || seasons?.[0]);
  const counts = isCount(stride) && [yearly, daily].every((count) => count === 0 || isCount(count));
  const lists = [lags, reference, horizons].every((list) => isAscending(list) && list.length > 0);
  const positive = [delta, share, validation, test].every((number) => Number.isFinite(number) && number! > 0);
  const flags = [weekday, withValidation].every((flag) => typeof flag === "boolean");
  const whole = chosen && counts && lists && isAscending(seasons) && positive && flags && share! <= 1;
  return whole ? (value as Settings) : undefined;
}

/** A list of counts, each larger than the one before. */
function isAscending(list: unknown): list is number[] {
  return Array.isArray(list) && list.every((count, i) => isCount(count) && (i === 0 || count > list[i - 1]));
}
