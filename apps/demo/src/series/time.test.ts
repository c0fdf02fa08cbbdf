import { expect, test } from "vitest";
import { addStep, parseTime, partOfDay, partOfYear, stepOf, timeText, weekday } from "./time.ts";

const DAY = 86_400_000;
const at = (text: string): number => parseTime(text)!;

test.each([
  ["2015-12-31", "2015-12-31T00:00:00.000Z"],
  ["2015-1-2", "2015-01-02T00:00:00.000Z"],
  ["2015/12/31", "2015-12-31T00:00:00.000Z"],
  ["2015-12", "2015-12-01T00:00:00.000Z"],
  ["2015-12-31 18:30", "2015-12-31T18:30:00.000Z"],
  ["2015-12-31T18:30:15", "2015-12-31T18:30:15.000Z"],
  ["2015-12-31T18:30:15.5Z", "2015-12-31T18:30:15.500Z"],
  ["2015-12-31T18:30:00+02:00", "2015-12-31T16:30:00.000Z"],
  ["2012-02-29", "2012-02-29T00:00:00.000Z"],
])("%s is a moment", (text, expected) => {
  expect(new Date(at(text)).toISOString()).toBe(expected);
});

test.each([
  "",
  "12",
  "2015",
  "31.12.2015",
  "12/31/2015",
  "2015-13-01",
  "2015-02-30",
  "2015-12-31 25:00",
  "2015-12/31",
  "x",
])("%s is none", (text) => {
  expect(Number.isNaN(parseTime(text) ?? Number.NaN)).toBe(true);
});

test("the distance of rows is the median, and months are months", () => {
  const days = ["2015-01-01", "2015-01-02", "2015-01-03", "2015-01-07"].map(at);
  expect(stepOf(days)).toEqual({ milliseconds: DAY });
  expect(stepOf(["1958-03-01", "1958-04-01", "1958-05-01", "1958-07-01"].map(at))).toEqual({ months: 1 });
  expect(stepOf(["2000-01", "2000-04", "2000-07"].map(at))).toEqual({ months: 3 });
  expect(stepOf(["2000-01", "2001-01", "2002-01"].map(at))).toEqual({ months: 12 });
  expect(stepOf([0, DAY / 24, DAY / 12])).toEqual({ milliseconds: DAY / 24 });
  expect(stepOf([5])).toBeUndefined();
});

test("steps lead to where the next rows are", () => {
  expect(timeText(addStep(at("2015-12-31"), { milliseconds: DAY }, 60), { milliseconds: DAY })).toBe(
    "2016-02-29",
  );
  const month = { months: 1 };
  expect([1, 2, 13].map((n) => timeText(addStep(at("2015-11-01"), month, n), month))).toEqual([
    "2015-12",
    "2016-01",
    "2016-12",
  ]);
  expect(new Date(addStep(at("2015-01-31 06:30"), month)).toISOString()).toBe("2015-02-28T06:30:00.000Z");
});

test("days of the week, parts of the year and of the day, before 1970 too", () => {
  expect(["2015-12-28", "2015-12-31", "2016-01-03", "1958-03-01"].map((text) => weekday(at(text)))).toEqual([
    0, 3, 6, 5,
  ]);
  expect(partOfYear(at("2015-01-01"))).toBe(0);
  expect(partOfYear(at("2016-07-02"))).toBe(0.5);
  expect(partOfYear(at("2015-12-31"))).toBe(364 / 365);
  expect(partOfDay(at("2015-12-31 18:00"))).toBe(0.75);
  expect(partOfDay(at("1958-12-31 06:00"))).toBe(0.25);
});
