import {
  type Alias,
  defineConfig,
  mergeConfig,
  type PluginOption,
  type UserConfig,
  type UserConfigFnObject,
} from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";

export interface PageOptions {
  /** Name of the single file, under which people will save it. */
  readonly file: string;
  /** Puts the first picture into the page. */
  readonly prerender: () => PluginOption;
  /** In the single file: the modules that start workers, and those that start them from their text. */
  readonly inlineWorkers: Alias;
  /** What the page needs besides. */
  readonly more?: (single: boolean) => UserConfig;
}

/**
 * The page of an app: sources of the workspace packages go in, so that no package needs a build of its own first. With
 * `--mode single-file` all of it becomes one file that opens from a disk.
 */
export function pageConfig({ file, prerender, inlineWorkers, more }: PageOptions): UserConfigFnObject {
  return defineConfig(({ mode }) => {
    const single = mode === "single-file";
    const plugins = [prerender()];
    if (single) plugins.push(viteSingleFile({ removeViteModuleLoader: true }), named(file));
    const config: UserConfig = {
      base: "./",
      plugins,
      resolve: {
        conditions: ["@unroll/source", "module", "browser", "development|production"],
        alias: single ? [inlineWorkers] : [],
      },
      oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
      build: {
        outDir: single ? "dist/single-file" : "dist/page",
        target: "es2022",
        modulePreload: { polyfill: false },
      },
      worker: { format: single ? "iife" : "es" },
    };
    return more ? mergeConfig(config, more(single)) : config;
  });
}

function named(file: string): PluginOption {
  return {
    name: "named",
    enforce: "post",
    generateBundle(_options, files) {
      const page = files["index.html"];
      if (page) page.fileName = file;
    },
  };
}
