import type { SeriesFigures } from "../../series/result.ts";
import type { Settings } from "../../series/settings.ts";
import type { TimeStep } from "../../series/time.ts";

/** What is asked of the network in use: to say what comes after a cut, as if it were not known. */
export interface ForecastRequest {
  /** Which series, and which of its columns. */
  readonly series: number;
  readonly column: number;
  /** Rows that are known. */
  readonly cut: number;
  readonly ahead: number;
  /** With the band in which four of five values should lie, which takes longer. */
  readonly band: boolean;
}

/** What the network expects, beside what came. */
export interface Forecast {
  readonly request: ForecastRequest;
  readonly values: Float64Array;
  /** Empty without a band. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Mean absolute errors over the rows that came: of the network, and of repeating the season before the cut. */
  readonly error: number | undefined;
  readonly repeated: number | undefined;
  /** Rows of the season that was repeated. */
  readonly season: number;
}

/** Series to learn from. */
export interface SeriesAbout {
  readonly name: string;
  readonly sha256: string;
  readonly columns: readonly string[];
  readonly rows: number;
  readonly step: TimeStep | undefined;
  readonly series: readonly {
    readonly name: string;
    /** Column by column. */
    readonly values: readonly Float64Array[];
    readonly times: Float64Array | undefined;
  }[];
  /** The settings that suit it. */
  readonly preset: Readonly<Record<string, unknown>>;
  readonly horizon: number;
}

/** A network that forecasts. */
export interface SeriesModelAbout {
  readonly network: string;
  readonly parameters: number;
  readonly data: string;
  readonly updates: number;
  readonly settings: Settings;
  /** Of the data it was trained on. */
  readonly sha256: string;
  /** The errors on the test part, if the run is finished. */
  readonly test?: readonly SeriesFigures[] | undefined;
}
