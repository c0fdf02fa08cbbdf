import {
  type ElementType,
  type FloatArray,
  MemoryError,
  OptionError,
  ShapeError,
  View,
} from "@unroll/kernels";

/**
 * A new matrix of zeros, or of the given values row by row.
 * @throws ShapeError if a dimension is not a non-negative integer or there are not rows · columns values, OptionError
 * if the type is unknown, MemoryError if it can't be had
 */
export function matrix(
  rows: number,
  columns: number,
  values?: ArrayLike<number>,
  type: ElementType = "float64",
): View {
  if (!isCount(rows) || !isCount(columns)) {
    throw new ShapeError("matrix", "the matrix", [rows, columns], ["rows", "columns"]);
  }
  if (values && values.length !== rows * columns) {
    throw new ShapeError("matrix", "values", [values.length], [rows * columns]);
  }
  const data = floats(type, rows * columns);
  if (values) data.set(values);
  return new View(data, 0, rows, columns);
}

/**
 * A new matrix from arrays of numbers, one a row.
 * @throws ShapeError if the rows are not of one length
 */
export function fromRows(rows: readonly ArrayLike<number>[], type: ElementType = "float64"): View {
  const columns = rows.length > 0 ? rows[0].length : 0;
  const made = matrix(rows.length, columns, undefined, type);
  for (const [r, values] of rows.entries()) {
    if (values.length !== columns) throw new ShapeError("fromRows", `row ${r}`, [values.length], [columns]);
    made.data.set(values, r * columns);
  }
  return made;
}

/** The elements as arrays of numbers, one a row. */
export function toRows(view: View): number[][] {
  return Array.from({ length: view.rows }, (_, r) => {
    const start = view.offset + r * view.stride;
    return Array.from(view.data.subarray(start, start + view.columns));
  });
}

/**
 * The n×n matrix with ones on the diagonal.
 * @throws ShapeError if n is not a non-negative integer
 */
export function identityMatrix(n: number, type: ElementType = "float64"): View {
  const made = matrix(n, n, undefined, type);
  for (let i = 0; i < n; i++) made.data[i * n + i] = 1;
  return made;
}

/** A new matrix with the same elements, if asked rounded to another type. */
export function copyOf(view: View, type: ElementType = elementType(view)): View {
  const made = matrix(view.rows, view.columns, undefined, type);
  for (let r = 0; r < view.rows; r++) {
    const start = view.offset + r * view.stride;
    made.data.set(view.data.subarray(start, start + view.columns), r * view.columns);
  }
  return made;
}

/**
 * Row r (1×columns), on the same memory.
 * @throws OptionError if there is no such row
 */
export function row(view: View, r: number): View {
  checkIndex("row", "r", r, view.rows);
  return new View(view.data, view.offset + r * view.stride, 1, view.columns);
}

/**
 * Column c (rows×1), on the same memory.
 * @throws OptionError if there is no such column
 */
export function column(view: View, c: number): View {
  checkIndex("column", "c", c, view.columns);
  return new View(view.data, view.offset + c, view.rows, 1, view.stride);
}

/** The type of a matrix's elements. */
export function elementType(view: View): ElementType {
  return view.data instanceof Float32Array ? "float32" : "float64";
}

function floats(type: ElementType, length: number): FloatArray {
  if (type !== "float32" && type !== "float64") {
    throw new OptionError("matrix", "type", type, '"float32" or "float64"');
  }
  try {
    return type === "float32" ? new Float32Array(length) : new Float64Array(length);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MemoryError("matrix", length * (type === "float32" ? 4 : 8), reason);
  }
}

function checkIndex(where: string, name: string, index: number, count: number): void {
  if (!isCount(index) || index >= count) {
    throw new OptionError(where, name, index, count === 0 ? "none, it is empty" : `0 … ${count - 1}`);
  }
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
