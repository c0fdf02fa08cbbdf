import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

/**
 * A package or app of the workspace: its folder from the root, its name without scope, its package.json.
 * @typedef {{ folder: string, name: string, published: boolean, manifest: Record<string, any> }} Workspace
 */

/** @returns {Workspace[]} The packages and apps, by folder. */
export const workspaces = (root) => ["packages/*", "apps/*"].flatMap((pattern) => matching(root, pattern));

/** @returns {Workspace[]} All that pnpm-workspace.yaml names: packages, apps and helpers such as the consumers. */
export function allWorkspaces(root) {
  const [, list] = /^packages:\n((?: +- .*\n)+)/m.exec(
    readFileSync(join(root, "pnpm-workspace.yaml"), "utf8"),
  );
  return [...list.matchAll(/- ["']?([^"'\n]+)/g)].flatMap(([, pattern]) => matching(root, pattern));
}

/** The workspaces that a pattern names: a folder, or with `/*` every folder in it. */
function matching(root, pattern) {
  const parent = pattern.endsWith("/*") ? pattern.slice(0, -2) : undefined;
  const folders =
    parent === undefined ? [pattern] : names(join(root, parent)).map((name) => `${parent}/${name}`);
  return folders
    .filter((folder) => existsSync(join(root, folder, "package.json")))
    .map((folder) => workspace(root, folder));
}

const names = (folder) => (existsSync(folder) ? readdirSync(folder).sort() : []);

function workspace(root, folder) {
  const manifest = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
  return { folder, name: basename(folder), published: manifest.private !== true, manifest };
}

/** @returns {string[]} The files below a folder, from the root, without dot folders, node_modules and dist. */
export function filesBelow(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith(".") || entry.name === "node_modules" || entry.name === "dist") return [];
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(root, path) : [path];
  });
}

export const isTest = (file) => /\.test(-d)?\.ts$/.test(file) || file.split("/").includes("test");

/** The number of the first line of a text that contains a part, from 1; undefined if none does. */
export function lineOf(text, part) {
  const index = text.split("\n").findIndex((line) => line.includes(part));
  return index < 0 ? undefined : index + 1;
}

/**
 * The rows of the first Markdown table whose header is `columns`, each with its line.
 * @returns {{ line: number, cells: string[] }[]}
 */
export function markdownTable(text, columns) {
  const lines = text.split("\n");
  const cellsOf = (line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim());
  const header = lines.findIndex((line) => cellsOf(line).join("|") === columns.join("|"));
  if (header < 0) throw new Error(`there is no table with the columns ${columns.join(" | ")}`);
  const rows = [];
  for (let at = header + 2; lines[at]?.startsWith("|"); at++)
    rows.push({ line: at + 1, cells: cellsOf(lines[at]) });
  return rows;
}
