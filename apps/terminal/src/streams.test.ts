import { expect, test } from "vitest";
import { colorsFor, isLive, widthOf } from "./streams.ts";

const terminal = { write: () => true, isTTY: true, columns: 120 };
const pipe = { write: () => true };
const colored = (
  output: typeof terminal | typeof pipe,
  env: Record<string, string>,
  wanted = true,
): boolean => colorsFor(output, env, wanted).red("x") !== "x";

test("colors where a terminal shows them, unless said otherwise", () => {
  expect(colored(terminal, {})).toBe(true);
  expect(colored(pipe, {})).toBe(false);
  expect(colored(terminal, {}, false)).toBe(false);
  expect(colored(terminal, { NO_COLOR: "1" })).toBe(false);
  expect(colored(terminal, { TERM: "dumb" })).toBe(false);
  expect(colored(pipe, { FORCE_COLOR: "1" })).toBe(true);
  expect(colored(pipe, { FORCE_COLOR: "1" }, false)).toBe(false);
  expect(colored(terminal, { FORCE_COLOR: "0" })).toBe(false);
});

test("nothing is drawn over in a pipe, a dumb terminal or continuous integration", () => {
  expect(isLive(terminal, {})).toBe(true);
  expect(isLive(pipe, {})).toBe(false);
  expect(isLive(terminal, { CI: "true" })).toBe(false);
  expect(isLive(terminal, { TERM: "dumb" })).toBe(false);
});

test("a line has at least 40 characters", () => {
  expect([widthOf(terminal), widthOf(pipe), widthOf({ ...terminal, columns: 20 })]).toEqual([120, 80, 40]);
});
