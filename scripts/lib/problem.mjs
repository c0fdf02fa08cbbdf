import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { markdownTable } from "./workspace.mjs";

/** @typedef {{ file: string, line?: number | undefined, text: string }} Problem */

const RECORD = "docs/decisions/0001-exceptions-to-checks.md";
const unquoted = (cell) => cell.replace(/^`(.*)`$/, "$1");

/**
 * Takes away the problems that the decision record excuses, and adds one for each of its rows that excuses nothing.
 * @param {Problem[]} problems
 * @returns {Problem[]}
 */
export function withoutExceptions(root, check, problems) {
  const rows = markdownTable(readFileSync(join(root, RECORD), "utf8"), ["check", "where", "what", "why"])
    .map(({ line, cells }) => ({ line, cells: cells.map(unquoted), used: false }))
    .filter(({ cells }) => cells[0] === check);
  const left = problems.filter(({ file, text }) => {
    const row = rows.find(({ cells: [, where, what] }) => file === where && text.includes(what));
    if (row) row.used = true;
    return !row;
  });
  const idle = rows.filter(({ used }) => !used);
  return [...left, ...idle.map(({ line }) => ({ file: RECORD, line, text: "excuses no problem any more" }))];
}

export const show = ({ file, line, text }) => `${file}${line ? `:${line}` : ""}: ${text}`;

/** Runs a check from the command line, if it is the program: prints its problems, exit code 1 if there are any. */
export function runAsProgram(url, check) {
  if (process.argv[1] !== fileURLToPath(url)) return;
  const problems = check(process.cwd());
  for (const problem of problems) console.log(show(problem));
  process.exitCode = problems.length > 0 ? 1 : 0;
}
