import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checks } from "./checks.mjs";
import { show } from "./lib/problem.mjs";
import { run } from "./lib/run.mjs";
import { RESULTS, testResults } from "./lib/test-results.mjs";
import { runTask } from "./lib/turbo.mjs";
import { allWorkspaces } from "./lib/workspace.mjs";

/**
 * Everything that guards a change, one line for each group and the sum on the last line. A test counts as one, and so
 * does a task or check that has no tests of its own.
 *
 * @typedef {{ passed: number, failures: string[], skipped: number }} Count
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const tools = {
  biome: ["check", "--error-on-warnings", "."],
  knip: [],
  sherif: [],
};

/** @returns {Promise<Count>} One task in every workspace that has it. */
async function task(name) {
  const outcomes = await runTask(root, name);
  const failures = outcomes.filter(({ ok }) => !ok).map(({ name, log }) => `${name}\n${log}`);
  return { passed: outcomes.length - failures.length, failures, skipped: 0 };
}

/** @returns {Promise<Count>} The tests of all workspaces and those of the checks. */
async function tests() {
  // What an older run left must not be counted; turbo restores the results of tasks that it has in its cache.
  for (const { folder } of allWorkspaces(root)) rmSync(join(root, folder, RESULTS), { force: true });
  rmSync(join(root, "scripts", RESULTS), { force: true });
  const outcomes = await runTask(root, "test");
  const { ok, output } = await run(root, "vitest", ["run", "--root", "scripts"]);
  return [...outcomes, { folder: "scripts", ok, log: output }]
    .map(({ folder, ok, log }) => testResults(root, folder, ok, log))
    .reduce((a, b) => ({
      passed: a.passed + b.passed,
      failures: [...a.failures, ...b.failures],
      skipped: a.skipped + b.skipped,
    }));
}

/** @returns {Promise<Count>} The checks of the repository as a whole. */
async function wholeChecks() {
  const failures = [];
  for (const [tool, words] of Object.entries(tools)) {
    const { ok, output } = await run(root, tool, words);
    if (!ok) failures.push(`${tool}\n${output}`);
  }
  for (const [name, check] of Object.entries(checks)) {
    const problems = check(root);
    if (problems.length > 0) failures.push(`${name}\n${problems.map(show).join("\n")}`);
  }
  const all = Object.keys(tools).length + Object.keys(checks).length;
  return { passed: all - failures.length, failures, skipped: 0 };
}

const groups = {
  typecheck: () => task("typecheck"),
  build: () => task("build"),
  hygiene: () => task("hygiene"),
  size: () => task("size"),
  test: tests,
  checks: wholeChecks,
};

const sum = { passed: 0, failed: 0, skipped: 0 };
for (const [name, group] of Object.entries(groups)) {
  const { passed, failures, skipped } = await group();
  sum.passed += passed;
  sum.failed += failures.length;
  sum.skipped += skipped;
  console.log(`${name}: ${line(passed, failures.length, skipped)}`);
  for (const failure of failures) console.log(`\n${`${name} ${failure.trimEnd()}`.replace(/^/gm, "  ")}\n`);
}
console.log(line(sum.passed, sum.failed, sum.skipped));
process.exitCode = sum.failed > 0 ? 1 : 0;

function line(passed, failed, skipped) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
