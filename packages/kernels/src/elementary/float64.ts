import type { Elementary } from "./elementary.ts";
import { exp } from "./float64/exp.ts";
import { expm1 } from "./float64/expm1.ts";
import { log } from "./float64/log.ts";
import { log1p } from "./float64/log1p.ts";
import { sigmoid } from "./float64/sigmoid.ts";
import { softplus } from "./float64/softplus.ts";
import { tanh } from "./float64/tanh.ts";

export { exp, log, sigmoid, tanh };

/** float64: errors at most 1 ULP (softplus 2). */
// An object, since bundlers keep a re-exported namespace even where nobody uses it.
export const elementary64: Elementary = { exp, expm1, log, log1p, sigmoid, softplus, tanh };
