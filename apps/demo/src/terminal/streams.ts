export { type Colors, colorsFor, isLive, type Output, type Surroundings, widthOf } from "@unroll/terminal";
