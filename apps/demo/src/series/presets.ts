import { BUILT_IN } from "./built-in.ts";
import type { SeriesData } from "./series-data.ts";
import type { Settings } from "./settings.ts";
import type { TimeStep } from "./time.ts";

/** Settings without the seed, which the command line always has. */
export type Preset = Omit<Settings, "seed">;

/** What all series begin with. */
const COMMON = {
  layers: 1,
  batch: 32,
  lr: 5e-3,
  clip: 1,
  loss: "huber",
  daily: 0,
  withValidation: false,
  share: 1,
} as const;

/** Of the settings tried, those that did best on the validation part of the built-in series. */
const CHOSEN: Readonly<Record<string, Preset>> = {
  births: {
    ...COMMON,
    hidden: 16,
    seqLen: 28,
    stride: 3,
    updates: 4000,
    delta: 0.3,
    seeds: 5,
    base: "zero",
    lags: [1, 7, 8, 364, 365, 371],
    reference: [1, 7, 8, 364, 365, 371],
    seasons: [7, 364],
    weekday: true,
    yearly: 0,
    validation: 365,
    test: 1096,
    horizons: [1, 7, 28],
  },
  weather: {
    ...COMMON,
    hidden: 12,
    seqLen: 30,
    stride: 5,
    updates: 300,
    delta: 2,
    seeds: 5,
    base: "least-squares",
    lags: [1],
    reference: [1, 2, 3, 4, 5, 6, 7],
    seasons: [365],
    weekday: false,
    yearly: 1,
    validation: 365,
    test: 365,
    withValidation: true,
    share: 0.5,
    horizons: [1, 3, 7],
  },
  co2: {
    ...COMMON,
    hidden: 12,
    seqLen: 36,
    stride: 3,
    updates: 500,
    delta: 1,
    seeds: 5,
    base: "least-squares",
    lags: [1, 2, 12, 13],
    reference: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13],
    seasons: [12],
    weekday: false,
    yearly: 2,
    validation: 60,
    test: 148,
    horizons: [1, 12, 24],
  },
};

/** The settings to begin with: those of a built-in series, or what the distance of the rows suggests. */
export function presetFor(given: string, { step, series }: SeriesData): Preset {
  if (Object.hasOwn(BUILT_IN, given)) return CHOSEN[given]!;
  const rows = Math.min(...series.map(({ values }) => values.rows));
  const { seasons, weekday, daily, perYear } = rhythmOf(step);
  // What is learned from should hold a lag a few times.
  const fitting = seasons.filter((season) => 5 * season <= rows);
  const lags = [...new Set([1, 2, ...fitting, ...fitting.map((season) => season + 1)])].sort((a, b) => a - b);
  return {
    ...COMMON,
    hidden: 16,
    seqLen: Math.max(2, Math.min(30, Math.floor(rows / 10))),
    stride: 3,
    updates: 1000,
    delta: 1,
    seeds: 1,
    base: "least-squares",
    lags,
    reference: lags,
    seasons: fitting,
    weekday: weekday && rows >= 70,
    yearly: perYear > 0 && rows >= 3 * perYear ? 1 : 0,
    daily: daily && rows >= 100 ? 2 : 0,
    validation: 0.1,
    test: 0.2,
    horizons: [1, ...fitting.slice(0, 1)],
  };
}

interface Rhythm {
  /** Rows of the usual seasons, the shortest first. */
  readonly seasons: readonly number[];
  readonly weekday: boolean;
  readonly daily: boolean;
  /** Rows in a year; 0 if a year means nothing. */
  readonly perYear: number;
}

function rhythmOf(step: TimeStep | undefined): Rhythm {
  if (!step) return { seasons: [], weekday: false, daily: false, perYear: 0 };
  if ("months" in step) {
    const perYear = 12 / step.months;
    return {
      seasons: perYear > 1 ? [perYear] : [],
      weekday: false,
      daily: false,
      perYear: perYear > 1 ? perYear : 0,
    };
  }
  const hours = step.milliseconds / 3_600_000;
  const perDay = 24 / hours;
  const perYear = Math.round(365.25 * perDay);
  if (hours < 24) return { seasons: wholes(perDay, 7 * perDay), weekday: true, daily: true, perYear };
  if (hours === 24) return { seasons: [7], weekday: true, daily: false, perYear };
  return { seasons: hours === 168 ? [52] : [], weekday: false, daily: false, perYear };
}

/** Those of the numbers that are whole and not too large to look back. */
function wholes(...numbers: readonly number[]): number[] {
  return numbers.filter((number) => Number.isInteger(number) && number > 1 && number <= 2000);
}
