import { readFileSync } from "node:fs";
import { defineConfig } from "tsup";

type Door = string | { readonly "@unroll/source": string };

/** Every door of the package's `exports` is an entry, so a new door needs no change of the build. */
const doors: Record<string, Door> = JSON.parse(readFileSync("package.json", "utf8")).exports ?? {};
const entry = Object.values(doors).flatMap((door) =>
  typeof door === "string" ? [] : [door["@unroll/source"]],
);

/** The one build configuration of all packages: ESM, types, no source of siblings inside. */
export default defineConfig({
  entry,
  format: "esm",
  target: "es2022",
  dts: true,
  clean: true,
  treeshake: true,
});
