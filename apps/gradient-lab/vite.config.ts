import { defineConfig, type UserConfig } from "vite";

/** The page: sources of the workspace packages go in, so that no package needs a build of its own first. */
const config: UserConfig = defineConfig({
  base: "./",
  resolve: { conditions: ["@unroll/source", "module", "browser", "development|production"] },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: { outDir: "dist/page", target: "es2022", modulePreload: { polyfill: false } },
  worker: { format: "iife" },
});

export default config;
