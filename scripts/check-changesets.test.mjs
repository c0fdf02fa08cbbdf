import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { checkChangesets } from "./check-changesets.mjs";
import { change, planted } from "./lib/planted.mjs";
import { show } from "./lib/problem.mjs";

const git = (root, ...words) =>
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.c", ...words], {
    cwd: root,
    stdio: "ignore",
  });

function commit(root) {
  git(root, "add", ".");
  git(root, "commit", "-m", "a change");
}

/** A repository in which both packages were released as 1.0.0, with or without tags. */
function released({ tags }) {
  const root = planted({
    ".changeset/first.md": undefined,
    "packages/low/package.json": { version: "1.0.0" },
    "packages/high/package.json": { version: "1.0.0" },
  });
  git(root, "init");
  commit(root);
  if (tags) for (const name of ["low", "high"]) git(root, "tag", `@unroll/${name}@1.0.0`);
  return root;
}
const problems = (root) => checkChangesets(root).map(show);

test("before the first release every package needs a changeset", () => {
  expect(problems(planted())).toEqual([]);
  const only = `---\n"@unroll/low": minor\n---\n\nFirst release.\n`;
  expect(problems(planted({ ".changeset/first.md": only }))).toEqual([
    "packages/high/package.json: @unroll/high was never released and has no changeset; run `npx pnpm changeset`",
  ]);
});

test("a changeset for a package that doesn't exist fails", () => {
  const root = planted({ ".changeset/other.md": `---\n"@unroll/other": patch\n---\n\nA fix.\n` });
  expect(problems(root)).toEqual([".changeset/other.md:2: there is no published package @unroll/other"]);
});

test.each([{ tags: true }, { tags: false }])(
  "a source that changed since the release fails, tags: $tags",
  (how) => {
    const root = released(how);
    expect(problems(root)).toEqual([]);
    const text =
      "packages/low/src/twice.ts: changed since @unroll/low@1.0.0 without a changeset; run `npx pnpm changeset`";
    change(root, { "packages/low/src/twice.ts": "export const twice = 2;\n" });
    expect(problems(root)).toEqual([text]);
    commit(root);
    expect(problems(root)).toEqual([text]);
    change(root, { ".changeset/fix.md": `---\n"@unroll/low": patch\n---\n\nA fix.\n` });
    expect(problems(root)).toEqual([]);
  },
);

test("a new source fails; a new test or document doesn't", () => {
  const root = released({ tags: false });
  change(root, { "packages/low/src/more.test.ts": "1;\n", "packages/low/README.md": "# low\n" });
  expect(problems(root)).toEqual([]);
  change(root, { "packages/low/src/more.ts": "1;\n" });
  expect(problems(root)).toHaveLength(1);
});

test("right after the versions were raised nothing is missing, committed or not", () => {
  const root = released({ tags: true });
  change(root, {
    "packages/low/src/twice.ts": "export const twice = 2;\n",
    "packages/low/package.json": `{\n  "name": "@unroll/low",\n  "version": "1.0.1"\n}\n`,
  });
  expect(problems(root)).toEqual([]);
  commit(root);
  expect(problems(root)).toEqual([]);
});
