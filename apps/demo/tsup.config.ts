import { defineConfig } from "tsup";

/** One program: the sources of the workspace packages go in, so that no package needs a build of its own first. */
export default defineConfig({
  entry: ["src/cli.ts"],
  format: "esm",
  target: "node20",
  clean: true,
  treeshake: true,
  noExternal: [/^@unroll\//],
  esbuildOptions(options) {
    options.conditions = ["@unroll/source"];
  },
});
