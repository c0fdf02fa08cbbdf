import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { git } from "./lib/git.mjs";
import { runAsProgram, withoutExceptions } from "./lib/problem.mjs";
import { isTest, workspaces } from "./lib/workspace.mjs";

/** Before its first release a package has this version. */
const UNRELEASED = "0.0.0";

/**
 * A package whose sources changed since its version was released has a changeset. The release of `@unroll/x` 1.2.3 is
 * the tag `@unroll/x@1.2.3`, or else the commit that wrote this version; version 0.0.0 was never released.
 */
export function checkChangesets(root) {
  const problems = [];
  const packages = workspaces(root).filter(({ published }) => published);
  const known = new Set(packages.map(({ manifest }) => manifest.name));
  const covered = new Set();
  for (const { file, line, name } of releasesAsked(root)) {
    if (known.has(name)) covered.add(name);
    else problems.push({ file, line, text: `there is no published package ${name}` });
  }
  for (const { folder, manifest } of packages) {
    const { name, version } = manifest;
    if (covered.has(name)) continue;
    if (version === UNRELEASED)
      problems.push({
        file: `${folder}/package.json`,
        text: `${name} was never released and has no changeset; run \`npx pnpm changeset\``,
      });
    else {
      const [changed] = sourcesChangedSince(root, releaseOf(root, folder, name, version), `${folder}/src`);
      if (changed)
        problems.push({
          file: changed,
          text: `changed since ${name}@${version} without a changeset; run \`npx pnpm changeset\``,
        });
    }
  }
  return withoutExceptions(root, "changesets", problems);
}

/** The packages that the waiting changesets name. */
function releasesAsked(root) {
  const folder = ".changeset";
  const files = existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : [];
  return files
    .filter((file) => file.endsWith(".md") && file !== "README.md")
    .flatMap((file) => {
      const lines = readFileSync(join(root, folder, file), "utf8").split("\n");
      const end = lines.indexOf("---", 1);
      return lines.slice(1, end).flatMap((text, index) => {
        const name = /^["']?([^"':]+)["']?:\s*(major|minor|patch)\s*$/.exec(text)?.[1];
        return name ? [{ file: `${folder}/${file}`, line: index + 2, name }] : [];
      });
    });
}

/** The commit of a release; undefined while the new version isn't committed, or without git. */
function releaseOf(root, folder, name, version) {
  const tag = git(root, "rev-parse", "--verify", "--quiet", `refs/tags/${name}@${version}^{commit}`)?.[0];
  if (tag) return tag;
  const file = `${folder}/package.json`;
  const committed = git(root, "show", `HEAD:${file}`)?.join("\n");
  if (!committed || JSON.parse(committed).version !== version) return undefined;
  return git(root, "log", "-1", "--format=%H", `-S"version": "${version}"`, "--", file)?.[0];
}

function sourcesChangedSince(root, commit, folder) {
  if (!commit) return [];
  const changed = git(root, "diff", "--name-only", commit, "--", folder) ?? [];
  const added = git(root, "ls-files", "--others", "--exclude-standard", "--", folder) ?? [];
  return [...changed, ...added].filter((file) => !isTest(file));
}

runAsProgram(import.meta.url, checkChangesets);
