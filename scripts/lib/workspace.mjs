import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

/**
 * A package or app of the workspace: its folder from the root, its name without scope, its package.json.
 * @typedef {{ folder: string, name: string, published: boolean, manifest: Record<string, any> }} Workspace
 */

/** @returns {Workspace[]} The packages and apps, by folder. */
export function workspaces(root) {
  return ["packages", "apps"].flatMap((parent) =>
    (existsSync(join(root, parent)) ? readdirSync(join(root, parent)).sort() : [])
      .map((name) => `${parent}/${name}`)
      .filter((folder) => existsSync(join(root, folder, "package.json")))
      .map((folder) => workspace(root, folder)),
  );
}

/** @returns {Workspace[]} The packages, the apps, and the fixture that consumes them packed. */
export const allWorkspaces = (root) => [...workspaces(root), workspace(root, "consumers")];

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
