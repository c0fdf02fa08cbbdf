import { fileURLToPath } from "node:url";
import type { UserConfigFnObject } from "vite";
import { pageConfig } from "../../vite.page.ts";
import { float64Only } from "./bundle/float64-only.ts";
import { prerenderPlugin } from "./prerender/plugin.ts";

const config: UserConfigFnObject = pageConfig({
  file: "gradient-lab.html",
  prerender: prerenderPlugin,
  inlineWorkers: {
    find: /^.*\/make-worker\.ts$/,
    replacement: fileURLToPath(new URL("src/browser/make-inline-worker.ts", import.meta.url)),
  },
  more: () => ({ worker: { plugins: () => [float64Only()] } }),
});

export default config;
