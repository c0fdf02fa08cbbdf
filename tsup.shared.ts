import { existsSync, readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { defineConfig } from "tsup";

type Door = string | { readonly "@unroll/source": string };

/** Every door of the package's `exports` is an entry, so a new door needs no change of the build. */
const doors: Record<string, Door> = JSON.parse(readFileSync("package.json", "utf8")).exports ?? {};
const entry = Object.values(doors).flatMap((door) =>
  typeof door === "string" ? [] : [door["@unroll/source"]],
);

/** Programs of workers, `src/x.worker.ts`: built beside the doors, so that they lie next to the code that starts them. */
const workers = existsSync("src") ? readdirSync("src").filter((file) => file.endsWith(".worker.ts")) : [];

/** Addresses of such programs, `new URL("./x.worker.ts", import.meta.url)`, are those of what is built of them. */
const workerAddresses = {
  name: "worker-addresses",
  // biome-ignore lint/suspicious/noExplicitAny: esbuild is no dependency of the workspace, so its types are not here
  setup(build: any): void {
    build.onLoad({ filter: /\/src\/start-[^/]*\.ts$/ }, async ({ path }: { readonly path: string }) => ({
      contents: (await readFile(path, "utf8")).replaceAll(
        '.worker.ts", import.meta.url',
        '.worker.js", import.meta.url',
      ),
      loader: "ts",
    }));
  },
};

/** The one build configuration of all packages: ESM, types, no source of siblings inside. */
export default defineConfig({
  entry: [...entry, ...workers.map((file) => `src/${file}`)],
  esbuildPlugins: [workerAddresses],
  format: "esm",
  target: "es2022",
  dts: true,
  clean: true,
  treeshake: true,
});
