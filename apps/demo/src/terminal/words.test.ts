import { expect, test } from "vitest";
import { bitsText, countText, durationText, oneLine, shortNumber, sparkline } from "./words.ts";

test("numbers", () => {
  expect(bitsText(2.25337)).toBe("2.253");
  expect([0, 0.0123456, 1.2, 999.6, 12345, 4.5e6, 1e-5].map(shortNumber)).toEqual([
    "0.00",
    "0.0123",
    "1.20",
    "1.00e+3",
    "1.23e+4",
    "4.50e+6",
    "1.00e-5",
  ]);
  expect([0, 999, 1000, 1191933].map(countText)).toEqual(["0", "999", "1,000", "1,191,933"]);
});

test("durations", () => {
  expect([-1, 0, 0.6, 59.4, 75, 3599.6, 3700].map(durationText)).toEqual([
    "0:00",
    "0:00",
    "0:01",
    "0:59",
    "1:15",
    "1:00:00",
    "1:01:40",
  ]);
});

test("text on one line has no control characters and keeps whole characters", () => {
  expect(oneLine("a\n\tb\u001b[31mc\r\n", 80)).toBe("a b [31mc");
  expect(oneLine("😀😀😀", 3)).toBe("😀😀😀");
  expect(oneLine("😀😀😀😀😀", 4)).toBe("😀...");
});

test("sparklines go from the smallest to the largest value", () => {
  expect(sparkline([3, 2, 1])).toBe("█▅▁");
  expect(sparkline([2, 2])).toBe("▁▁");
  expect(sparkline([])).toBe("");
});
