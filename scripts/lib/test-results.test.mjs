import { expect, test } from "vitest";
import { planted } from "./planted.mjs";
import { RESULTS, testResults } from "./test-results.mjs";

const results = (counts, files) => ({
  [`packages/low/${RESULTS}`]: {
    numPassedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: files,
    ...counts,
  },
});
const file = (status, tests, message = "") => ({
  name: "low.test.ts",
  status,
  message,
  assertionResults: tests.map((status) => ({ status, fullName: "adds", failureMessages: ["1 is not 2"] })),
});
const read = (changes, ok) => testResults(planted(changes), "packages/low", ok, "the log");

test("passed, failed and skipped tests are counted", () => {
  const all = results({ numPassedTests: 2, numPendingTests: 1 }, [
    file("failed", ["passed", "failed", "passed"]),
  ]);
  expect(read(all, false)).toEqual({
    passed: 2,
    failures: [expect.stringMatching(/adds\n1 is not 2$/)],
    skipped: 1,
  });
});

test("a file that couldn't be loaded is a failure", () => {
  const broken = results({ numPassedTests: 1 }, [
    file("passed", ["passed"]),
    file("failed", [], "no such module"),
  ]);
  expect(read(broken, false)).toMatchObject({
    passed: 1,
    failures: [expect.stringMatching(/no such module$/)],
  });
});

test("a run that failed for another reason is a failure", () => {
  const all = results({ numPassedTests: 1 }, [file("passed", ["passed"])]);
  expect(read(all, false)).toMatchObject({ passed: 1, failures: ["packages/low\nthe log"] });
});

test("a run without results, or without a test, is a failure", () => {
  expect(read({}, true).failures).toEqual([`packages/low\nleft no ${RESULTS}`]);
  expect(read({}, false).failures).toEqual(["packages/low\nthe log"]);
  expect(read(results({}, []), true).failures).toEqual(["packages/low\nran no test"]);
});
