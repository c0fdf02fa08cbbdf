import { OptionError, ShapeError, View } from "@unroll/kernels";

/** Where a named matrix stands in a flat vector: `rows`×`columns` elements from `offset` on, row-major. */
export interface Slice {
  readonly offset: number;
  readonly rows: number;
  readonly columns: number;
}

/** Named matrices that lie one behind the other in one flat vector. */
export interface Layout {
  /** Length of the vector. */
  readonly size: number;
  readonly slices: Readonly<Record<string, Slice>>;
}

/**
 * Lays out named matrices in the order given.
 * @throws ShapeError if a dimension is not a non-negative integer
 */
export function layout(shapes: Readonly<Record<string, readonly [rows: number, columns: number]>>): Layout {
  const slices: Record<string, Slice> = {};
  let offset = 0;
  for (const [name, [rows, columns]] of Object.entries(shapes)) {
    if (!isCount(rows) || !isCount(columns))
      throw new ShapeError("layout", name, [rows, columns], ["rows", "columns"]);
    slices[name] = { offset, rows, columns };
    offset += rows * columns;
  }
  return { size: offset, slices };
}

/** One layout of several, one behind the other; the names get the prefix of their part: `prefix.name`. */
export function joinLayouts(parts: Readonly<Record<string, Layout>>): Layout {
  const slices: Record<string, Slice> = {};
  let start = 0;
  for (const [prefix, part] of Object.entries(parts)) {
    for (const [name, slice] of Object.entries(part.slices)) {
      slices[`${prefix}.${name}`] = { ...slice, offset: start + slice.offset };
    }
    start += part.size;
  }
  return { size: start, slices };
}

/**
 * The matrix of that name in a flat vector (1×size) of that layout, as a view on the same memory.
 * @throws OptionError if the layout has no such name, ShapeError if the vector has another length
 */
export function slice(vector: View, of: Layout, name: string): View {
  const at = Object.hasOwn(of.slices, name) ? of.slices[name] : undefined;
  if (!at) throw new OptionError("slice", "name", name, `one of ${Object.keys(of.slices).join(", ")}`);
  if (vector.size !== of.size)
    throw new ShapeError("slice", "vector", [vector.rows, vector.columns], [1, of.size]);
  return new View(vector.data, vector.offset + at.offset, at.rows, at.columns);
}

/**
 * Name, row and column of an index of the flat vector.
 * @throws OptionError if the vector has no such index
 */
export function locate(of: Layout, index: number): { name: string; row: number; column: number } {
  for (const [name, at] of Object.entries(of.slices)) {
    const inside = index - at.offset;
    if (Number.isInteger(inside) && inside >= 0 && inside < at.rows * at.columns) {
      return { name, row: Math.floor(inside / at.columns), column: inside % at.columns };
    }
  }
  throw new OptionError("locate", "index", index, `0 … ${of.size - 1}`);
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
