import { exp } from "./exp.ts";
import { log1p } from "./log1p.ts";

const f = Math.fround;

/** log(1 + e^x) = max(x, 0) + log1p(e^(-|x|)), which cannot overflow. */
export function softplus(x: number): number {
  const z = f(x);
  return f((z < 0 ? 0 : z) + log1p(exp(-Math.abs(z))));
}
