import type { Options } from "tsup";

/**
 * The build of a terminal program: the sources of the workspace packages go in, with what they need, so that no package
 * needs a build of its own first. What the app itself declares stays outside.
 */
export function program(entry: Record<string, string>, outDir = "dist"): Options {
  return {
    entry,
    outDir,
    format: "esm",
    target: "node20",
    clean: true,
    treeshake: true,
    noExternal: [/^@unroll\//],
    // For packages of the old kind, which ask for modules of Node by `require`.
    banner: {
      js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
    },
    esbuildOptions(esbuild) {
      esbuild.conditions = ["@unroll/source"];
    },
  };
}
