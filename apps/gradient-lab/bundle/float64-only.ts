import binaryen from "binaryen";
import type { Plugin } from "vite";

/**
 * Leaves out of the bundle what the lab never runs: the kernels of float32, in plain TypeScript and in WebAssembly, and those
 * with fused multiply-add, whose bits differ between machines. What is left is not changed.
 */
export function float64Only(): Plugin {
  return {
    name: "float64-only",
    enforce: "pre",
    load: (id) =>
      id.endsWith("/kernels/src/portable/float32.ts")
        ? "export const portableFloat32 = undefined;"
        : undefined,
    transform(code, id) {
      if (!id.endsWith("/kernels/src/generated/wasm.ts")) return undefined;
      const digits = /(?<=\bSIMD\b[^"]*")\w+/.exec(code)?.[0];
      if (digits === undefined) throw new Error(`${id} has no WebAssembly in it`);
      return `export const RELAXED = ""; export const SIMD = "${withoutFloat32(digits)}";`;
    },
  };
}

/** A module of WebAssembly, as hexadecimal digits, without the functions that only those ending in 32 need. */
function withoutFloat32(digits: string): string {
  const module = binaryen.readBinary(Buffer.from(digits, "hex"));
  module.setFeatures(binaryen.Features.All);
  const names = Array.from(
    { length: module.getNumExports() },
    (_, i) => binaryen.getExportInfo(module.getExportByIndex(i)).name,
  );
  for (const name of names) if (name.endsWith("32")) module.removeExport(name);
  module.runPasses(["remove-unused-module-elements"]);
  return Buffer.from(module.emitBinary()).toString("hex");
}
