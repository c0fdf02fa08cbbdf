export { joinLayouts, type Layout, layout, locate, type Slice, slice } from "./layout.ts";
export { type RandomSnapshot, RandomState } from "./random/random-state.ts";
