import { Arena } from "@unroll/kernels";
import { conformance } from "./support/conformance.ts";

for (const type of ["float32", "float64"] as const) {
  conformance({ kind: "portable", type, arena: () => new Arena(type, "portable") });
}
