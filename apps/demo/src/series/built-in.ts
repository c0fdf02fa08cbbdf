import type { Reading } from "./series-data.ts";

/** A data set that comes with the demo. */
export interface BuiltIn {
  readonly about: string;
  readonly reading: Reading;
}

/** The one that is learned unless another is named. */
export const USUAL = "births";

export const BUILT_IN: Readonly<Record<string, BuiltIn>> = {
  births: {
    about: "births in the United States by day, 2000 to 2014",
    reading: { columns: ["births"], time: ["year", "month", "date_of_month"] },
  },
  weather: {
    about: "weather in Seattle and New York by day, 2012 to 2015",
    reading: { columns: ["temp_max", "temp_min", "wind", "precipitation"], time: "date", by: "location" },
  },
  co2: {
    about: "carbon dioxide at Mauna Loa by month, 1958 to 2020",
    reading: { columns: ["CO2"], time: "Date" },
  },
};
