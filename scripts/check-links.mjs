import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { git } from "./lib/git.mjs";
import { runAsProgram, withoutExceptions } from "./lib/problem.mjs";

/** Links between the pages of the repository lead to files that are there, and to headings that are there. */
export function checkLinks(root) {
  const problems = [];
  const pages = git(root, "ls-files", "--cached", "--others", "--exclude-standard", "--", "*.md") ?? [];
  for (const file of new Set(pages).values()) {
    if (!existsSync(join(root, file))) continue;
    for (const [at, line] of readFileSync(join(root, file), "utf8").split("\n").entries())
      for (const [, link] of line.matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^[a-z]+:/.test(link)) continue;
        const [path, heading] = link.split("#");
        const target = path === "" ? file : join(dirname(file), path);
        if (!existsSync(join(root, target)))
          problems.push({ file, line: at + 1, text: `links to ${link}, but there is no ${target}` });
        else if (heading && !headings(join(root, target)).includes(heading))
          problems.push({ file, line: at + 1, text: `links to ${link}, but ${target} has no such heading` });
      }
  }
  return withoutExceptions(root, "links", problems);
}

/** The names by which the headings of a page are linked: small letters and hyphens, no other signs. */
function headings(page) {
  return [...readFileSync(page, "utf8").matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

runAsProgram(import.meta.url, checkLinks);
