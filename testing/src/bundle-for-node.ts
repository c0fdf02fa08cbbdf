import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, type Rolldown } from "vite";

/** A program in a file of its own. */
export interface Program {
  readonly url: URL;
  /** Removes the file. */
  remove(): Promise<void>;
}

const conditions = ["@unroll/source", "module", "node", "production"];

/** Bundles a TypeScript program for Node, from the sources of the packages, into one file that workers can run. */
export async function bundleForNode(entry: URL): Promise<Program> {
  const file = fileURLToPath(entry);
  const built = await build({
    root: dirname(file),
    configFile: false,
    logLevel: "error",
    resolve: { conditions },
    ssr: { noExternal: true, resolve: { conditions } },
    build: {
      ssr: file,
      write: false,
      target: "es2022",
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  const { output } = (Array.isArray(built) ? built[0] : built) as Rolldown.RolldownOutput;
  const folder = await mkdtemp(join(tmpdir(), "unroll-program-"));
  const path = join(folder, `${basename(file, ".ts")}.mjs`);
  await writeFile(path, output[0].code);
  return { url: pathToFileURL(path), remove: () => rm(folder, { recursive: true }) };
}
