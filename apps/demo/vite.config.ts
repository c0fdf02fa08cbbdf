import { fileURLToPath } from "node:url";
import type { UserConfigFnObject } from "vite";
import { pageConfig } from "../../vite.page.ts";
import { prerenderPlugin } from "./prerender/plugin.ts";

const config: UserConfigFnObject = pageConfig({
  file: "unroll-demo.html",
  prerender: prerenderPlugin,
  inlineWorkers: {
    find: /^(.*)\/make-([a-z]+)-worker\.ts$/,
    replacement: fileURLToPath(new URL("src/web/browser/make-inline-$2-worker.ts", import.meta.url)),
  },
  more: (single) => ({
    build: { assetsInlineLimit: single ? Number.MAX_SAFE_INTEGER : 0 },
    assetsInclude: ["**/*.safetensors"],
  }),
});

export default config;
