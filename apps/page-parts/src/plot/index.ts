export { linePlot, powerOfTen } from "./line-plot.ts";
