import { describe, expect, test } from "vitest";
import { DataError } from "../errors.ts";
import { isMissing, numberOf, parseTable } from "./table.ts";

test("names, rows, and the line of each row", () => {
  const { header, rows, lines } = parseTable("x.csv", 'day, sold ,"a ""b"""\n\n1,2,"two\nlines"\n3,4,5\n\n');
  expect(header).toEqual(["day", "sold", 'a "b"']);
  expect(rows).toEqual([
    ["1", "2", "two\nlines"],
    ["3", "4", "5"],
  ]);
  expect(lines).toEqual([3, 5]);
});

test.each([
  ["semicolons", "a;b\n1;2\n3;4"],
  ["tabs", "a\tb\n1\t2\n3\t4"],
  ["bars", "a|b\n1|2\n3|4"],
])("%s are found out", (_, text) => {
  expect(parseTable("x.csv", text).rows).toEqual([
    ["1", "2"],
    ["3", "4"],
  ]);
});

test("a single column, with and without a name", () => {
  expect(parseTable("x.csv", "sold\n1\n2\n").header).toEqual(["sold"]);
  const { header, rows, lines } = parseTable("x.csv", "1.5\n2\n3\n");
  expect({ header, rows, lines }).toEqual({
    header: ["column 1"],
    rows: [["1.5"], ["2"], ["3"]],
    lines: [1, 2, 3],
  });
});

describe("refusals", () => {
  test.each<[string, string, string]>([
    ["one line", "day,sold\n", "x.csv: has nothing but line 1, expected rows of numbers below it"],
    ["only empty lines", "\n\n ", "x.csv: is empty, expected comma-separated values"],
    ["a row too short", "a,b\n1,2\n\n3\n", "x.csv: line 4 has 1 field, expected 2 as line 1 has"],
    ["a row too long", "a,b\n1,2,3\n", "x.csv: line 2 has 3 fields, expected 2 as line 1 has"],
    ["an open quote", 'a,b\n1,2\n3,"4\n5,6\n', "x.csv: line 3: a quotation mark is not closed"],
    ["a name twice", "a,b,a\n1,2,3\n", "x.csv: line 1: two columns are called a"],
    ["no name", "a,,b\n1,2,3\n", "x.csv: line 1: column 2 has no name"],
  ])("%s", (_, text, message) => {
    let caught: unknown;
    try {
      parseTable("x.csv", text);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(DataError);
    expect((caught as DataError).message).toBe(message);
  });
});

test("numbers, and what is none", () => {
  expect(["1", "-2.5", "+.5", "1e3", "0"].map(numberOf)).toEqual([1, -2.5, 0.5, 1000, 0]);
  expect(["", "one", "1,5", "0x10x", "1e999", "Infinity", "1 2"].map(numberOf)).toEqual(
    Array(7).fill(undefined),
  );
});

test("missing values have several names", () => {
  expect(["", "NA", "n/a", "NaN", "null", "-", "?"].every(isMissing)).toBe(true);
  expect(["0", "none at all", "-1"].some(isMissing)).toBe(false);
});
