import type { Plugin } from "vite";

/**
 * Leaves out of the bundle what the lab never runs: the kernels of float32 in plain TypeScript, and those with fused
 * multiply-add, whose bits differ between machines. Asked for all the same, they are not there, and the kernels say so.
 */
export function float64Only(): Plugin {
  return {
    name: "float64-only",
    enforce: "pre",
    load(id) {
      return id.endsWith("/kernels/src/portable/float32.ts")
        ? "export const portableFloat32 = undefined;"
        : undefined;
    },
    transform(code, id) {
      return id.endsWith("/kernels/src/generated/wasm.ts")
        ? code.replace(/(RELAXED\b[^"]*)"\w*"/, '$1""')
        : undefined;
    },
  };
}
