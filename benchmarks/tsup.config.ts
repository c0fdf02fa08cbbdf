import type { Options } from "tsup";

/** One program, from the sources of the packages. */
const options: Options = {
  entry: ["src/bench.ts"],
  format: "esm",
  target: "node20",
  clean: true,
  noExternal: [/^@unroll\//],
  loader: { ".wasm": "binary" },
  esbuildOptions(esbuild) {
    esbuild.conditions = ["@unroll/source"];
  },
};

export default options;
