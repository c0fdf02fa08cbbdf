import { exp } from "./exp.ts";
import { log1p } from "./log1p.ts";

/** log(1 + e^x) = max(x, 0) + log1p(e^(-|x|)), which cannot overflow. */
export function softplus(x: number): number {
  return (x < 0 ? 0 : x) + log1p(exp(-Math.abs(x)));
}
