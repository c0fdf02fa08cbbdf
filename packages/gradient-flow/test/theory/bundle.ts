import type { Options } from "tsup";

/** One program of the script and all sources it needs. */
const config: Options = {
  entry: ["test/theory/theory.ts"],
  outDir: "node_modules/.cache/theory",
  format: "esm",
  target: "es2022",
  silent: true,
  noExternal: [/^@unroll\//],
  esbuildOptions(options) {
    options.conditions = ["@unroll/source"];
  },
};

export default config;
