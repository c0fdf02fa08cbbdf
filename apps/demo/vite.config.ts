import { fileURLToPath } from "node:url";
import { defineConfig, type PluginOption, type UserConfigFnObject } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";
import { prerenderPlugin } from "./prerender/plugin.ts";

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The single file has the name under which people will save it. */
const named: PluginOption = {
  name: "named",
  enforce: "post",
  generateBundle(_options, files) {
    const page = files["index.html"];
    if (page) page.fileName = "unroll-demo.html";
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
  const inline = {
    find: /^(.*)\/make-([a-z]+)-worker\.ts$/,
    replacement: `${source("src/web/browser")}/make-inline-$2-worker.ts`,
  };
  return {
    base: "./",
    plugins,
    resolve: {
      conditions: ["@unroll/source", "module", "browser", "development|production"],
      alias: single ? [inline] : [],
    },
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    build: {
      outDir: single ? "dist/single-file" : "dist/page",
      target: "es2022",
      assetsInlineLimit: single ? Number.MAX_SAFE_INTEGER : 0,
      modulePreload: { polyfill: false },
    },
    worker: { format: single ? "iife" : "es" },
    assetsInclude: ["**/*.safetensors"],
  };
});

export default config;
