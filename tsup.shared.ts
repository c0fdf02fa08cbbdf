import { defineConfig } from "tsup";

/** The one build configuration of all packages: ESM, types, no source of siblings inside. */
export default defineConfig({
  entry: ["src/index.ts"],
  format: "esm",
  target: "es2022",
  dts: true,
  clean: true,
  treeshake: true,
});
