/** The type of the elements of matrices: IEEE 754 single or double precision. */
export type ElementType = "float32" | "float64";

export type FloatArray = Float32Array | Float64Array;

/**
 * A row-major matrix inside a typed array: element (r, c) is `data[offset + r * stride + c]`.
 *
 * Offset and stride count elements. Stride 0 repeats one row; a slice of columns keeps the stride of its parent.
 * The fields may be changed: loops over time steps move `offset` instead of making new views.
 */
export class View {
  data: FloatArray;
  offset: number;
  rows: number;
  columns: number;
  stride: number;

  constructor(data: FloatArray, offset: number, rows: number, columns: number, stride: number = columns) {
    this.data = data;
    this.offset = offset;
    this.rows = rows;
    this.columns = columns;
    this.stride = stride;
  }

  /** Number of elements: rows · columns. */
  get size(): number {
    return this.rows * this.columns;
  }
}

/** A column of integers, one a row: element r is `data[offset + r]`. Symbols of a vocabulary, or class labels. */
export class Tokens {
  data: Int32Array;
  offset: number;
  rows: number;

  constructor(data: Int32Array, offset: number, rows: number) {
    this.data = data;
    this.offset = offset;
    this.rows = rows;
  }
}

/** What a network reads or aims at: a matrix of features, or one integer a row. */
export type Rows = View | Tokens;

export function isTokens(rows: Rows): rows is Tokens {
  return rows.data instanceof Int32Array;
}
