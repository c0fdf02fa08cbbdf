// Derived from float32.ts by scripts/derive-float64.mjs: edit that file, not this one.
import type { Kernels } from "../kernels.ts";
import { elementwise } from "./float64/elementwise.ts";
import { products } from "./float64/products.ts";
import { reductions } from "./float64/reductions.ts";
import { rowKernels } from "./float64/rows.ts";
import { tokenKernels } from "./float64/tokens.ts";
import { updates } from "./float64/updates.ts";

/** Plain TypeScript on any float64 arrays; no operation needs an extra rounding. */
// A function, since bundlers keep an object with spreads even where nobody uses it.
export const portableFloat64: Kernels = /* @__PURE__ */ (() =>
  Object.freeze({
    kind: "portable",
    type: "float64",
    ...products,
    ...tokenKernels,
    ...elementwise,
    ...rowKernels,
    ...reductions,
    ...updates,
  }))();
