export type { BoundCell, Cell, CellOfInput } from "./cell.ts";
export { type ElmanOptions, elman, elmanCell } from "./elman.ts";
export { PackedWeight } from "./packed-weight.ts";
export { type BoundReadout, linearReadout, type Readout, type ReadoutOptions } from "./readout.ts";
