export { linePlot, powerOfTen } from "./line-plot.ts";
export { extremes, wholeDecades } from "./ranges.ts";
