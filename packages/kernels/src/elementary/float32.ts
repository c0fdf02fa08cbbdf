import type { Elementary } from "./elementary.ts";
import { exp } from "./float32/exp.ts";
import { expm1 } from "./float32/expm1.ts";
import { log } from "./float32/log.ts";
import { log1p } from "./float32/log1p.ts";
import { sigmoid } from "./float32/sigmoid.ts";
import { softplus } from "./float32/softplus.ts";
import { tanh } from "./float32/tanh.ts";

export { exp, log, sigmoid, tanh };

/** float32: arguments are rounded first, errors at most 1 ULP (softplus 2), results below 2⁻¹²⁶ of exp and sigmoid are 0. */
// An object, since bundlers keep a re-exported namespace even where nobody uses it.
export const elementary32: Elementary = { exp, expm1, log, log1p, sigmoid, softplus, tanh };
