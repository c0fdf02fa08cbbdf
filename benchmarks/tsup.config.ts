import type { Options } from "tsup";

/** The program, and our side of the comparison with peers, from the sources of the packages. */
const options: Options = {
  entry: {
    bench: "src/bench.ts",
    ours: "src/peers/ours.ts",
    "train.worker": "../packages/train/src/train.worker.ts",
  },
  format: "esm",
  splitting: false,
  target: "node20",
  clean: true,
  noExternal: [/^@unroll\//],
  loader: { ".wasm": "binary" },
  esbuildOptions(esbuild) {
    esbuild.conditions = ["@unroll/source"];
  },
};

export default options;
