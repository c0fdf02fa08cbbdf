import { Arena } from "@unroll/kernels";
import { conformance } from "./support/conformance.ts";

for (const type of ["float32", "float64"] as const) {
  conformance({ kind: "simd", type, arena: () => new Arena(type, "simd") });
}
