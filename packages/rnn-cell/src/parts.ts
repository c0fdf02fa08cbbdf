import type { View } from "@unroll/kernels";

/** Units are handed out by so many: the rows of a tile of the kernels. */
const TILE = 4;

/** The first unit of part number `part` when n units are cut into so many parts; n for the part behind the last. */
export function firstOfPart(n: number, part: number, parts: number): number {
  return part === parts ? n : Math.floor((Math.floor(n / TILE) * part) / parts) * TILE;
}

/** Makes `view` the rows `from` … `to` - 1 of a matrix. */
export function setRows(view: View, of: View, from: number, to: number): View {
  view.data = of.data;
  view.offset = of.offset + from * of.stride;
  view.rows = to - from;
  view.columns = of.columns;
  view.stride = of.stride;
  return view;
}

/** Makes `view` the columns `from` … `to` - 1 of a matrix. */
export function setColumns(view: View, of: View, from: number, to: number): View {
  view.data = of.data;
  view.offset = of.offset + from;
  view.rows = of.rows;
  view.columns = to - from;
  view.stride = of.stride;
  return view;
}
