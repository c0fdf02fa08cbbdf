import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Rolldown } from "vite";
import type { Files } from "./files.ts";

/**
 * Bundles a TypeScript program for browsers, from the sources of the packages: `main.js` with the names that the entry
 * exports, the workers that it starts by `new Worker(new URL("./x.ts", import.meta.url), { type: "module" })`, and an
 * empty `index.html` that loads `main.js`.
 */
export async function bundle(entry: URL): Promise<Files> {
  const file = fileURLToPath(entry);
  const built = await build({
    root: dirname(file),
    configFile: false,
    publicDir: false,
    logLevel: "error",
    resolve: { conditions: ["@unroll/source", "module", "browser", "production"] },
    worker: { format: "es" },
    build: {
      write: false,
      target: "es2022",
      modulePreload: false,
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: file,
        preserveEntrySignatures: "strict",
        output: { entryFileNames: "main.js" },
      },
    },
  });
  const { output } = (Array.isArray(built) ? built[0] : built) as Rolldown.RolldownOutput;
  const files = output.map((one) => [one.fileName, one.type === "chunk" ? one.code : one.source] as const);
  return { "index.html": PAGE, ...Object.fromEntries(files) };
}

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Test</title>
<link rel="icon" href="data:,">
<script type="module" src="main.js"></script>
`;
