import { readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join, posix } from "node:path";
import { importsOf, packageOf } from "./lib/imports.mjs";
import { runAsProgram, withoutExceptions } from "./lib/problem.mjs";
import { filesBelow, isTest, lineOf, markdownTable, workspaces } from "./lib/workspace.mjs";

const TABLE = "docs/architecture.md";
const SECTIONS = ["dependencies", "peerDependencies", "optionalDependencies", "devDependencies"];

/**
 * Holds the layer table against the package.json files and the real imports: a dependency points to a lower layer, is
 * declared where it is used, and used where it is declared. Sources of published packages import nothing of Node, and
 * no file imports from outside its package but what turbo knows to be global.
 */
export function checkLayers(root) {
  const problems = [];
  const report = (file, line, text) => problems.push({ file, line, text });
  const found = workspaces(root);
  const ranks = rankOf(root, found, report);
  const read = (file) => readFileSync(join(root, file), "utf8");
  const rootManifest = JSON.parse(read("package.json"));
  const globals = JSON.parse(read("turbo.json")).globalDependencies ?? [];
  const siblings = new Map(found.map((workspace) => [workspace.manifest.name, workspace]));

  for (const workspace of found) {
    const { folder, name, manifest, published } = workspace;
    const declaredIn = (sections) => sections.flatMap((section) => Object.keys(manifest[section] ?? {}));
    const manifestFile = `${folder}/package.json`;
    const climbs = (sibling) => !(ranks.get(sibling.name)?.rank < ranks.get(name)?.rank);
    const climb = (sibling) =>
      `${name} (layer ${ranks.get(name)?.label}) depends on ${sibling.name} (layer ${ranks.get(sibling.name)?.label}); dependencies point to lower layers`;

    for (const section of SECTIONS)
      for (const [dependency, range] of Object.entries(manifest[section] ?? {})) {
        const sibling = siblings.get(dependency);
        const line = lineOf(read(manifestFile), `"${dependency}"`);
        if (sibling && climbs(sibling)) report(manifestFile, line, climb(sibling));
        if (sibling && range !== "workspace:^")
          report(manifestFile, line, `${dependency} is ${range}, expected workspace:^`);
      }

    const used = new Set();
    for (const file of filesBelow(root, folder).filter((path) => /\.(ts|tsx|mts|js|mjs)$/.test(path))) {
      const isSource = file.startsWith(`${folder}/src/`) && !isTest(file);
      for (const { specifier, line } of importsOf(file, read(file))) {
        if (specifier.startsWith(".")) {
          const target = posix.join(posix.dirname(file), specifier);
          if (!target.startsWith(`${folder}/`) && !globals.includes(target))
            report(
              file,
              line,
              `imports ${target}, which is outside the package and not in turbo's globalDependencies`,
            );
          continue;
        }
        if (specifier.startsWith("node:") || builtinModules.includes(specifier)) {
          if (isSource && published)
            report(file, line, `imports ${specifier}; sources of packages must run in browsers`);
          continue;
        }
        const target = packageOf(specifier);
        if (target === manifest.name) {
          if (isSource) report(file, line, `imports its own package by name; use a relative path`);
          continue;
        }
        if (isSource) used.add(target);
        const sibling = siblings.get(target);
        const tools = isSource ? [] : Object.keys(rootManifest.devDependencies ?? {});
        const declared = declaredIn(isSource && published ? SECTIONS.slice(0, 3) : SECTIONS);
        if (sibling && climbs(sibling)) report(file, line, climb(sibling));
        else if (!declared.includes(target) && !tools.includes(target))
          report(file, line, `imports ${target}, which ${manifestFile} doesn't declare for this place`);
      }
    }
    for (const dependency of Object.keys(manifest.dependencies ?? {}))
      if (!used.has(dependency))
        report(
          manifestFile,
          lineOf(read(manifestFile), `"${dependency}"`),
          `depends on ${dependency}, which src doesn't import`,
        );
  }
  return withoutExceptions(root, "layers", problems);
}

/** Name → the label of its layer and the place of that label in the table, which lists the lowest layer first. */
function rankOf(root, found, report) {
  const labels = [];
  const ranks = new Map();
  for (const { line, cells } of markdownTable(readFileSync(join(root, TABLE), "utf8"), [
    "layer",
    "package",
    "is responsible for",
  ])) {
    const [label, quoted] = cells;
    const name = quoted.replaceAll("`", "");
    if (labels.at(-1) !== label) {
      if (labels.includes(label)) report(TABLE, line, `layer ${label} stands in two places`);
      labels.push(label);
    }
    if (ranks.has(name)) report(TABLE, line, `${name} stands in two rows`);
    if (!found.some((workspace) => workspace.name === name))
      report(TABLE, line, `there is no package ${name}`);
    ranks.set(name, { label, rank: labels.length });
  }
  for (const { folder, name } of found)
    if (!ranks.has(name)) report(`${folder}/package.json`, undefined, `${name} has no row in ${TABLE}`);
  return ranks;
}

runAsProgram(import.meta.url, checkLayers);
