import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { lagsText } from "./baselines.ts";
import { BUILT_IN } from "./built-in.ts";
import { prepare } from "./prepare.ts";
import { presetFor } from "./presets.ts";
import { readSeries } from "./read-series.ts";
import { baselineFigures, type RuleFigures } from "./result.ts";

type Figures = Record<string, Record<string, Record<string, [mae: number, rmse: number][][]>>>;

const numpy = JSON.parse(
  readFileSync(new URL("../../test/fixtures/series-baselines.json", import.meta.url), "utf8"),
) as Figures;

async function figuresOf(name: string): Promise<Map<string, RuleFigures[]>> {
  const { data } = await readSeries(name, (async function* () {})());
  const settings = { ...presetFor(name, data), seed: 1 };
  const prepared = prepare(name, data, settings);
  return new Map(
    prepared.map((each) => [each.series.name, baselineFigures(each, settings, each.split.validation)]),
  );
}

test.each(Object.keys(BUILT_IN))("%s: every rule, horizon and column has NumPy's figures", async (name) => {
  const ours = await figuresOf(name);
  expect([...ours.keys()]).toEqual(Object.keys(numpy[name]!));
  for (const [series, rules] of Object.entries(numpy[name]!))
    for (const [rule, horizons] of Object.entries(rules)) {
      const found = ours.get(series)!.find((each) => each.name === rule);
      expect(found?.errors.length).toBe(horizons.length);
      horizons.flat().forEach(([mae, rmse], i) => {
        const got = found!.errors.flat()[i]!;
        expect(Math.abs(got.mae / mae - 1)).toBeLessThan(1e-9);
        expect(Math.abs(got.rmse / rmse - 1)).toBeLessThan(1e-9);
      });
    }
});

/** What is known of these series, rounded as it is said. */
test.each<[string, string, string, number, [mae: string, rmse: string][]]>([
  ["births", "", "7 rows ago", 1, [["448.1", "947.8"]]],
  ["births", "", "364 rows ago", 1, [["357.2", "731.7"]]],
  ["births", "", "least squares, lags 1, 7, 8, 364, 365, 371", 1, [["327.7", "643.4"]]],
  ["co2", "", "last row", 3, [["1.223", "1.368"]]],
  ["co2", "", "12 rows ago + last change", 3, [["0.432", "0.539"]]],
  ["co2", "", "least squares, lags 1–13", 3, [["0.349", "0.434"]]],
  [
    "weather",
    "Seattle",
    "least squares, lags 1–7",
    3,
    [
      ["2.173", "2.745"],
      ["1.392", "1.778"],
      ["0.923", "1.203"],
      ["3.765", "6.999"],
    ],
  ],
  [
    "weather",
    "New York",
    "least squares, lags 1–7",
    3,
    [
      ["2.487", "3.172"],
      ["2.054", "2.732"],
      ["1.320", "1.704"],
      ["4.415", "7.553"],
    ],
  ],
])("%s %s: %s one row ahead", async (name, series, rule, digits, expected) => {
  const found = (await figuresOf(name)).get(series)!.find((each) => each.name === rule)!;
  const got = found.errors[0]!.map(({ mae, rmse }) => [mae.toFixed(digits), rmse.toFixed(digits)]);
  expect(got).toEqual(expected);
});

test("always saying no rain has the best MAE of rain, so rain is judged by RMSE", async () => {
  const { data } = await readSeries("weather", (async function* () {})());
  const rain = data.series.map(({ values }) => {
    const last = Array.from({ length: 365 }, (_, i) => values.data[4 * (values.rows - 365 + i) + 3]!);
    return (last.reduce((sum, x) => sum + x, 0) / 365).toFixed(3);
  });
  expect(rain).toEqual(["3.121", "2.667"]);
});

test("lags have short names", () => {
  expect([lagsText([1]), lagsText([1, 2]), lagsText([1, 2, 3]), lagsText([1, 7, 8])]).toEqual([
    "1",
    "1, 2",
    "1–3",
    "1, 7, 8",
  ]);
});
