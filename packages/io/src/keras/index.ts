export { type FromKerasOptions, fromKeras } from "./from-keras.ts";
export { toKeras } from "./to-keras.ts";
