import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export interface Package {
  /** `@unroll/bptt`. */
  readonly name: string;
  readonly folder: string;
  readonly version: string;
  /** What is imported: the name, or the name and the path of another door. */
  readonly doors: readonly string[];
  /** Siblings that it depends on, directly. */
  readonly siblings: readonly string[];
}

const root: string = fileURLToPath(new URL("../../packages", import.meta.url));

/** Every package of the workspace. */
export function packages(): Package[] {
  return readdirSync(root)
    .filter((folder) => existsSync(join(root, folder, "package.json")))
    .sort()
    .map((folder) => {
      const manifest = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
      return {
        name: manifest.name,
        folder: join(root, folder),
        version: manifest.version,
        doors: Object.keys(manifest.exports)
          .filter((path) => path !== "./package.json")
          .map((path) => join(manifest.name, path)),
        siblings: Object.keys(manifest.dependencies ?? {}).filter((name) => name.startsWith("@unroll/")),
      };
    });
}
