import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "tsup";
import { afterAll } from "vitest";

/** Builds a program from the sources as they are now, for tests that run it as a process. Returns its path. */
export async function buildProgram(entry: URL): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "unroll-train-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  await build({
    config: false,
    entry: [fileURLToPath(entry)],
    outDir: folder,
    format: "esm",
    target: "es2022",
    noExternal: [/.*/],
    silent: true,
    outExtension: () => ({ js: ".mjs" }),
    esbuildOptions(options) {
      options.conditions = ["@unroll/source"];
    },
  });
  return join(folder, basename(entry.pathname).replace(/\.ts$/, ".mjs"));
}
