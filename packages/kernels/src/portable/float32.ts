import type { Kernels } from "../kernels.ts";
import { elementwise } from "./float32/elementwise.ts";
import { products } from "./float32/products.ts";
import { reductions } from "./float32/reductions.ts";
import { rowKernels } from "./float32/rows.ts";
import { tokenKernels } from "./float32/tokens.ts";
import { updates } from "./float32/updates.ts";

/** Plain TypeScript on any float32 arrays; every operation is rounded by `Math.fround`. */
// A function, since bundlers keep an object with spreads even where nobody uses it.
export const portableFloat32: Kernels = /* @__PURE__ */ (() =>
  Object.freeze({
    kind: "portable",
    type: "float32",
    ...products,
    ...tokenKernels,
    ...elementwise,
    ...rowKernels,
    ...reductions,
    ...updates,
  }))();
