import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { checkWords } from "./check-words.mjs";
import { planted } from "./lib/planted.mjs";
import { show } from "./lib/problem.mjs";

function problems(text) {
  const root = planted({ "docs/page.md": `A page.\n${text}\n` });
  execFileSync("git", ["init"], { cwd: root, stdio: "ignore" });
  return checkWords(root).map(show);
}

test("plain pages pass", () => {
  for (const text of [
    "see https://nodejs.org",
    "a/home/b",
    "../work/x",
    "~/work/x",
    "#!/usr/bin/env bash",
    "npm install",
  ])
    expect(problems(text)).toEqual([]);
});

test("hosts of registries fail, with file and line", () => {
  for (const words of ["registry npmjs org", "unpkg com", "deb debian org", "cdn jsdelivr net"]) {
    const host = words.replaceAll(" ", ".");

    expect(problems(`https://${host}/x`)).toEqual([`docs/page.md:2: names a registry host: ${host}`]);
  }
});

test("paths of one machine fail", () => {
  for (const [top, rest] of [
    ["home", "me/x"],
    ["root", ".npm"],
    ["Users", "me"],
    ["work", "main"],
  ])
    expect(problems(`see \`/${top}/${rest}\``)).toHaveLength(1);
});
