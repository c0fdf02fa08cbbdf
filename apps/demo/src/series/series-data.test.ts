import { describe, expect, test } from "vitest";
import { DataError } from "../errors.ts";
import { type Reading, seriesOf } from "./series-data.ts";

const read = (text: string, wanted: Partial<Reading> = {}) => seriesOf("x", text, "x.csv", wanted);
const rows = (text: string, wanted: Partial<Reading> = {}): number[] => [
  ...read(text, wanted).series[0]!.values.data,
];

test("the first column of dates is the time, columns of numbers are forecast, text is left out", () => {
  const { reading, series, step } = read(
    "city,day,sold,cost,note\nRome,2015-01-01,3,1.5,a\nRome,2015-01-02,4,2,b\n",
  );
  expect(reading).toEqual({ columns: ["sold", "cost"], time: "day", by: undefined, fill: undefined });
  expect(step).toEqual({ milliseconds: 86_400_000 });
  expect(series).toHaveLength(1);
  expect([...series[0]!.values.data]).toEqual([3, 1.5, 4, 2]);
});

test("without dates rows are rows", () => {
  const { series, step } = read("sold\n3\n4\n5\n");
  expect([series[0]!.times, step]).toEqual([undefined, undefined]);
});

test("several series in one file, in any order of each other", () => {
  const text = "day,city,t\n2015-01-01,A,1\n2015-01-01,B,10\n2015-01-02,A,2\n2015-01-02,B,20\n";
  const { series } = read(text, { by: "city" });
  expect(series.map(({ name, values }) => [name, ...values.data])).toEqual([
    ["A", 1, 2],
    ["B", 10, 20],
  ]);
});

test("year, month and day in three columns", () => {
  const { series } = read("y,m,d,n\n2015,12,31,1\n2016,1,1,2\n", { time: ["y", "m", "d"], columns: ["n"] });
  expect(series[0]!.times![1]! - series[0]!.times![0]!).toBe(86_400_000);
});

test("a missing value is filled with the one before it, if asked", () => {
  expect(rows("a,b\n1,2\n,3\nNA,4\n5,-\n", { fill: true })).toEqual([1, 2, 1, 3, 1, 4, 5, 4]);
});

describe("refusals name the line and the column", () => {
  test.each<[string, string, Partial<Reading>, string, RegExp]>([
    [
      "a missing value",
      "a,b\n1,2\n3,\n",
      {},
      "line 3, column b: the value is missing, expected a number",
      /--fill/,
    ],
    [
      "a missing value with a name",
      "a\n1\nNA\n",
      {},
      "line 3, column a: the value is missing (NA), expected a number",
      /--fill/,
    ],
    [
      "nothing to fill with",
      "a,b\nx,1\n",
      { columns: ["b", "a"], fill: true },
      'line 2, column a: "x" is no number',
      /--columns/,
    ],
    [
      "nothing before it",
      "a,b\n,1\n2,2\n",
      { fill: true },
      "line 2, column a: the value is missing, expected a number",
      /no value before/,
    ],
    ["text among numbers", "a\n1\n2\nthree\n", {}, 'line 4, column a: "three" is no number', /point/],
    ["a decimal comma", "a;b\n1;2\n3,5;4\n", {}, 'line 3, column a: "3,5" is no number', /point/],
    ["a number too large", "a\n1\n1e999\n", {}, 'line 3, column a: "1e999" is no number', /point/],
    [
      "a column of text",
      "city\nRome\nOslo\n",
      {},
      'no column holds numbers: in line 2, column city, stands "Rome"',
      /point/,
    ],
    [
      "a column of text, chosen",
      "city,n\nRome,1\n",
      { columns: ["city"] },
      'line 2, column city: "Rome" is no number',
      /--columns/,
    ],
    ["no such column", "a\n1\n", { columns: ["b"] }, "has no column b", /It has: a/],
    [
      "a date that is none",
      "d,n\n2015-01-01,1\nsoon,2\n",
      {},
      'line 3, column d: "soon" is no date, expected one as 2015-12-31',
      /^$/,
    ],
    [
      "time that goes back",
      "d,n\n2015-01-02,1\n2015-01-01,2\n",
      {},
      "line 3: 2015-01-01 00:00 comes after 2015-01-02 00:00, expected time to go on",
      /--by/,
    ],
    [
      "a day twice",
      "d,c,n\n2015-01-01,A,1\n2015-01-01,A,2\n",
      { by: "c" },
      "line 3: 2015-01-01 00:00 stands there twice, expected time to go on",
      /order/,
    ],
  ])("%s", (_, text, wanted, message, advice) => {
    let caught: unknown;
    try {
      read(text, wanted);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(DataError);
    expect((caught as DataError).message).toBe(`x.csv: ${message}`);
    expect((caught as DataError).advice ?? "").toMatch(advice);
  });
});
