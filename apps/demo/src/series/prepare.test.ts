import { createHash } from "node:crypto";
import { View } from "@unroll/kernels";
import { RandomState } from "@unroll/linalg";
import { describe, expect, test } from "vitest";
import { DataError } from "../errors.ts";
import { optimizerOf } from "../training/optimizer.ts";
import { forecast } from "./forecast.ts";
import { seriesMember, trainingWindows } from "./network.ts";
import { NetworkRule } from "./network-rule.ts";
import { type ForecastSeries, prepare, prepareForecast } from "./prepare.ts";
import { type Preset, presetFor } from "./presets.ts";
import { errorsAhead, figuresOf } from "./score.ts";
import type { SeriesData } from "./series-data.ts";
import type { Settings } from "./settings.ts";
import { Validation } from "./validate.ts";

const DAY = 86_400_000;

/** Two series of two columns with a week in them, 400 days. */
function weeks(change: (series: number, t: number) => number = () => 0, rows = 400): SeriesData {
  const series = ["A", "B"].map((name, s) => {
    const random = new RandomState(s + 1);
    const data = Float64Array.from({ length: rows * 2 }, (_, i) => {
      const t = i >> 1;
      return 50 * (s + 1) + 5 * (t % 7) + (i % 2) * t * 0.1 + random.normal() + change(s, t);
    });
    const times = Float64Array.from({ length: rows }, (_, t) => Date.UTC(2014, 0, 1) + t * DAY);
    return { name, values: new View(data, 0, rows, 2), times };
  });
  return {
    name: "weeks",
    reading: { columns: ["a", "b"], time: "day", by: "place" },
    step: { milliseconds: DAY },
    series,
  };
}

const settings = (more: Partial<Preset> = {}): Settings => ({
  ...presetFor("weeks.csv", weeks()),
  hidden: 6,
  validation: 50,
  test: 60,
  seed: 1,
  ...more,
});
const BASES = ["zero", "last", "season", "least-squares"] as const;

function memberOf(prepared: ForecastSeries[], chosen: Settings) {
  return seriesMember(chosen, optimizerOf(chosen), 1, prepared as ReturnType<typeof prepare>).model;
}

describe.each(BASES)("base %s", (base) => {
  const chosen = settings({ base, share: base === "season" ? 0.5 : 1 });

  test("no leakage: what is learned does not depend on validation and test rows", () => {
    // A digest: a difference of so many numbers would take minutes to be shown.
    const learned = (data: SeriesData): string => {
      const prepared = prepare("x", data, chosen);
      const digest = createHash("sha256").update(JSON.stringify(prepared.map((each) => each.fitted)));
      for (const { inputs, targets } of trainingWindows(prepared, chosen, 1).batches(0))
        digest.update(Float32Array.from(inputs.data)).update(Float32Array.from(targets.data));
      return digest.digest("hex");
    };
    const changed = weeks((_, t) => (t >= 400 - 110 ? 1e6 * Math.sin(t) : 0));
    expect(learned(changed)).toBe(learned(weeks()));
    const oneEarlier = weeks((_, t) => (t === 400 - 111 ? 1e3 : 0));
    expect(learned(oneEarlier)).not.toBe(learned(weeks()));
  });

  test("no leakage: a forecast does not depend on later rows, however often it is asked", () => {
    const prepared = prepare("x", weeks(), chosen);
    const model = memberOf(prepared, chosen);
    for (const each of prepared) {
      const truth = each.series.values.data as Float64Array;
      const rule = new NetworkRule(model, each, 400, chosen.share);
      const said = (from: number, later: number): number[] => {
        const values = truth.slice();
        values.fill(later, from * 2);
        rule.follow(values, from);
        for (let t = from; t < from + 5; t++) rule.predict(values, t);
        return [...values.subarray(from * 2, (from + 5) * 2)];
      };
      const early = each.start + 2; // so early that the network still knows how it began
      const first = said(early, 0);
      const other = said(300, 1e9);
      expect(said(early, Number.NaN)).toEqual(first); // going back
      expect(said(300, 0)).toEqual(other); // going on after rows it said itself
      expect(new Set(first).size).toBeGreaterThan(1);
    }
  });

  test("one row ahead, step by step is what the whole series at once is", () => {
    const alone = { ...chosen, share: 1 };
    const prepared = prepare("x", weeks(), alone);
    const model = memberOf(prepared, alone);
    const at = new Validation(prepared).error(model);
    const errors = prepared.flatMap((each) => {
      const { train, validation } = each.split;
      const { columns } = each.plan;
      const values = new View(each.series.values.data.slice(0, validation * columns), 0, validation, columns);
      const found = errorsAhead(new NetworkRule(model, each, validation), values, train, [1]).get(1)!;
      return figuresOf(found, columns).map(({ mae }, c) => mae / each.fitted.scaling.scale[c]!);
    });
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeCloseTo(at, 5);
  });
});

test("the share mixes the network with least squares", () => {
  const mixed = settings({ share: 0.25 });
  const prepared = prepare("x", weeks(), mixed)[0]!;
  const model = memberOf([prepared], mixed);
  const from = 300;
  const values = (): Float64Array => (prepared.series.values.data as Float64Array).slice();
  const say = (share: number): Float64Array => {
    const row = values();
    const rule = new NetworkRule(model, prepared, 400, share);
    rule.follow(row, from);
    rule.predict(row, from);
    return row.slice(from * 2, from * 2 + 2);
  };
  const reference = values();
  prepared.reference!.predict(reference, from);
  const [network, both] = [say(1), say(0.25)];
  for (const c of [0, 1])
    expect(both[c]).toBeCloseTo(0.25 * network[c]! + 0.75 * reference[from * 2 + c]!, 9);
});

test("a forecast by what was fitted before goes on where the series ends", () => {
  const chosen = settings();
  const trained = prepare("x", weeks(), chosen);
  const model = memberOf(trained, chosen);
  const fitted = trained.map((each) => each.fitted);
  const [a] = prepareForecast("x", weeks(), chosen, fitted, 20);
  const rows = forecast(model, a!, chosen, { milliseconds: DAY }, 20);
  expect(rows.map(({ time }) => time)).toEqual(
    Array.from({ length: 20 }, (_, i) => Date.UTC(2014, 0, 1) + (400 + i) * DAY),
  );
  for (const { values, low, high } of rows)
    for (const c of [0, 1])
      expect(high![c]! - low![c]!).toBeGreaterThan(0.1 * Math.abs(values[c]! - low![c]!));
  // The same rows said without the band.
  const short = weeks(undefined, 380);
  const cut = prepareForecast("x", short, chosen, fitted, 3)[0]!;
  expect(forecast(model, cut, chosen, { milliseconds: DAY }, 3)).toHaveLength(3);
});

test("where too few rows can say how far off a forecast is, there is no band", () => {
  const chosen = settings();
  const fitted = prepare("x", weeks(), chosen).map((each) => each.fitted);
  const few = prepareForecast("x", weeks(undefined, 30), chosen, fitted, 2)[0]!;
  const [row] = forecast(memberOf([few], chosen), few, chosen, undefined, 2);
  expect([row!.low, row!.high, row!.time]).toEqual([undefined, undefined, undefined]);
});

test("the band holds about four fifths of what came", () => {
  const chosen = settings({ base: "least-squares" });
  const data = weeks(undefined, 1000);
  const trained = prepare("x", data, { ...chosen, test: 500 });
  const model = memberOf(trained, chosen);
  model.parameters.data.fill(0, model.parameters.offset, model.parameters.offset + model.layout.size);
  model.parametersChanged();
  const each = trained[0]!;
  const part = (rows: number): ForecastSeries => ({
    ...each,
    series: { ...each.series, values: new View(each.series.values.data.slice(0, rows * 2), 0, rows, 2) },
  });
  let inside = 0;
  for (let rows = 800; rows < 1000; rows++) {
    const [row] = forecast(model, part(rows), { ...chosen, test: 200 }, undefined, 1);
    const truth = each.series.values.data[rows * 2]!;
    if (truth >= row!.low![0]! && truth <= row!.high![0]!) inside++;
  }
  expect(inside / 200).toBeGreaterThan(0.7);
  expect(inside / 200).toBeLessThan(0.9);
});

describe("refusals", () => {
  test.each<[string, () => unknown, RegExp]>([
    [
      "a series too short",
      () => prepare("x.csv", weeks(undefined, 150), settings()),
      /x\.csv: A has 150 rows, 40 to learn from, expected at least \d+/,
    ],
    [
      "no room for the parts",
      () => prepare("x.csv", weeks(), settings({ test: 400 })),
      /A has 400 rows, too few to validate and to test/,
    ],
    [
      "a calendar without dates",
      () => prepare("x.csv", { ...weeks(), step: undefined }, settings({ weekday: true })),
      /has no dates, expected some for the calendar/,
    ],
    [
      "too little past to begin",
      () => {
        const chosen = settings();
        const fitted = prepare("x", weeks(), chosen).map((each) => each.fitted);
        return prepareForecast("x.csv", weeks(undefined, 5), chosen, fitted, 1);
      },
      /A has 5 rows, expected at least \d+ to begin a forecast/,
    ],
  ])("%s", (_, run, message) => {
    expect(run).toThrow(DataError);
    expect(run).toThrow(message);
  });
});
