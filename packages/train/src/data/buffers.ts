import { type ElementType, type FloatArray, MemoryError, Tokens, View } from "@unroll/kernels";

/** A matrix of zeros outside any arena. @throws MemoryError */
export function newMatrix(where: string, type: ElementType, rows: number, columns: number): View {
  const data: FloatArray =
    type === "float32"
      ? allocate(where, rows * columns * 4, () => new Float32Array(rows * columns))
      : allocate(where, rows * columns * 8, () => new Float64Array(rows * columns));
  return new View(data, 0, rows, columns);
}

/** A column of integers outside any arena. @throws MemoryError */
export function newTokens(where: string, rows: number): Tokens {
  return new Tokens(
    allocate(where, rows * 4, () => new Int32Array(rows)),
    0,
    rows,
  );
}

function allocate<T>(where: string, bytes: number, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw new MemoryError(where, bytes, error instanceof Error ? error.message : String(error));
  }
}
