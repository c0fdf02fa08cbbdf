import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { checkLinks } from "./check-links.mjs";
import { planted } from "./lib/planted.mjs";
import { show } from "./lib/problem.mjs";

function problems(text) {
  const root = planted({ "docs/page.md": `# A page: two words\n\n${text}\n`, "docs/other.md": "# Other\n" });
  execFileSync("git", ["init"], { cwd: root, stdio: "ignore" });
  return checkLinks(root).map(show);
}

test("links to pages, folders, headings and elsewhere pass", () => {
  for (const link of [
    "other.md",
    "../packages/low",
    "#a-page-two-words",
    "other.md#other",
    "https://example.org/x",
  ])
    expect(problems(`[x](${link})`)).toEqual([]);
});

test("a link to a missing page or heading fails", () => {
  expect(problems("[x](none.md)")).toEqual([
    "docs/page.md:3: links to none.md, but there is no docs/none.md",
  ]);
  expect(problems("[x](other.md#two)")).toEqual([
    "docs/page.md:3: links to other.md#two, but docs/other.md has no such heading",
  ]);
});
