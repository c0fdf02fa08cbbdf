import type { Options } from "tsup";

/** One program: the sources of the workspace packages go in, so that no package needs a build of its own first. */
const options: Options = {
  entry: ["src/cli.ts"],
  format: "esm",
  target: "node20",
  clean: true,
  treeshake: true,
  noExternal: [/^@unroll\//],
  esbuildOptions(esbuild) {
    esbuild.conditions = ["@unroll/source"];
  },
};

export default options;
