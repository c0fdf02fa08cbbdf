import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { stripVTControlCharacters } from "node:util";

/** What vitest writes beside the tests of a package; an output of turbo's task, so cached results have it too. */
export const RESULTS = "test-results.json";

/**
 * What a run of vitest found. A run that failed without a failed test, left no results or ran no test is one failure.
 * @returns {{ passed: number, failures: string[], skipped: number }}
 */
export function testResults(root, folder, ok, log) {
  const file = join(root, folder, RESULTS);
  if (!existsSync(file)) return failedWhole(`${folder}\n${ok ? `left no ${RESULTS}` : log}`);
  const results = JSON.parse(readFileSync(file, "utf8"));
  const failures = results.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((one) => one.status === "failed");
    const texts = failed.map((one) => `${one.fullName}\n${firstLines(one.failureMessages.join("\n"))}`);
    if (status === "failed" && failed.length === 0) texts.push(firstLines(message));
    return texts.map((text) => `${relative(root, name)}: ${text}`);
  });
  const { numPassedTests: passed, numPendingTests, numTodoTests } = results;
  if (!ok && failures.length === 0) failures.push(`${folder}\n${log}`);
  if (ok && passed === 0) failures.push(`${folder}\nran no test`);
  return { passed, failures, skipped: numPendingTests + numTodoTests };
}

const failedWhole = (text) => ({ passed: 0, failures: [text], skipped: 0 });

const firstLines = (text) =>
  stripVTControlCharacters(text).split("\n").slice(0, 20).join("\n").slice(0, 2000);
