export { exp } from "./float32/exp.ts";
export { expm1 } from "./float32/expm1.ts";
export { log } from "./float32/log.ts";
export { log1p } from "./float32/log1p.ts";
export { sigmoid } from "./float32/sigmoid.ts";
export { softplus } from "./float32/softplus.ts";
export { tanh } from "./float32/tanh.ts";
