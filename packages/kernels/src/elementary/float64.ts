export { exp } from "./float64/exp.ts";
export { expm1 } from "./float64/expm1.ts";
export { log } from "./float64/log.ts";
export { log1p } from "./float64/log1p.ts";
export { sigmoid } from "./float64/sigmoid.ts";
export { softplus } from "./float64/softplus.ts";
export { tanh } from "./float64/tanh.ts";
