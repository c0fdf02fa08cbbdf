import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { git } from "./lib/git.mjs";
import { runAsProgram, withoutExceptions } from "./lib/problem.mjs";

const HOST =
  /\b(?:(?:registry|mirrors?|deb|packages|files|cdn|proxy)(?:\.[\w-]+)+|(?:npmjs|yarnpkg|unpkg|jsdelivr|pythonhosted))\.(?:org|com|net|io|dev)\b/;
const REFUSED = [
  [HOST, "a registry host"],
  [/(?<![\w.~/}-])\/(?:home|root|Users|work|var\/folders)\/[\w.-]/, "a path of one machine"],
  [/\b[A-Z]:\\\\?Users\\/, "a path of one machine"],
];

/** The files of the repository speak of no place where they were made: no registry host, no path of one machine. */
export function checkWords(root) {
  const problems = [];
  const files = git(root, "ls-files", "--cached", "--others", "--exclude-standard") ?? [];
  for (const file of new Set(files)) {
    if (!statSync(join(root, file), { throwIfNoEntry: false })?.isFile()) continue;
    const text = readFileSync(join(root, file), "utf8");
    if (text.includes("\0")) continue;
    for (const [at, line] of text.split("\n").entries())
      for (const [pattern, what] of REFUSED) {
        const found = pattern.exec(line);
        if (found) problems.push({ file, line: at + 1, text: `names ${what}: ${found[0]}` });
      }
  }
  return withoutExceptions(root, "words", problems);
}

runAsProgram(import.meta.url, checkWords);
