export { joinLayouts, type Layout, layout, locate, type Slice, slice } from "./layout.ts";
