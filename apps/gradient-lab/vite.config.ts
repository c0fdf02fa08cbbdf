import { fileURLToPath } from "node:url";
import { defineConfig, type PluginOption, type UserConfigFnObject } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";
import { float64Only } from "./bundle/float64-only.ts";
import { prerenderPlugin } from "./prerender/plugin.ts";

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The single file has the name under which people will save it. */
const named: PluginOption = {
  name: "named",
  enforce: "post",
  generateBundle(_options, files) {
    const page = files["index.html"];
    if (page) page.fileName = "gradient-lab.html";
  },
};

/**
 * The page: sources of the workspace packages go in, so that no package needs a build of its own first. With
 * `--mode single-file` all of it becomes one file that opens from a disk.
 */
const config: UserConfigFnObject = defineConfig(({ mode }) => {
  const single = mode === "single-file";
  const plugins: PluginOption[] = [prerenderPlugin()];
  if (single) plugins.push(viteSingleFile({ removeViteModuleLoader: true }), named);
  const worker = { find: /^.*\/make-worker\.ts$/, replacement: source("src/browser/make-inline-worker.ts") };
  return {
    base: "./",
    plugins,
    resolve: {
      conditions: ["@unroll/source", "module", "browser", "development|production"],
      alias: single ? [worker] : [],
    },
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    build: {
      outDir: single ? "dist/single-file" : "dist/page",
      target: "es2022",
      modulePreload: { polyfill: false },
    },
    worker: { format: single ? "iife" : "es", plugins: () => [float64Only()] },
  };
});

export default config;
