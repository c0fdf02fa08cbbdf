import { norm } from "./norm.ts";

/** Where a tensor lies in a flat vector: `rows`×`columns` entries from `offset` on, row-major. */
export interface TensorSlice {
  readonly offset: number;
  readonly rows: number;
  readonly columns: number;
}

export interface CompareOptions {
  /** Names of parts of the vectors. Entries outside all of them are compared too, under the name `(unnamed)`. */
  readonly tensors?: Readonly<Record<string, TensorSlice>>;
  /** The error of a tensor is relative to at least `floor` · ‖whole expected vector‖. Default 0. */
  readonly floor?: number;
}

/** One entry of a gradient that differs. */
export interface EntryDifference {
  readonly tensor: string;
  readonly row: number;
  readonly column: number;
  readonly actual: number;
  readonly expected: number;
}

export interface GradientComparison {
  /** The largest relative error of a tensor. */
  readonly error: number;
  /** Relative error of each tensor, by name. */
  readonly tensors: Readonly<Record<string, number>>;
  /** In the tensor with the largest error, the entry with the largest |actual - expected|. */
  readonly worst: EntryDifference;
}

const UNNAMED = "(unnamed)";

/**
 * Compares two gradients tensor by tensor: ‖a - e‖ / ‖e‖.
 *
 * Where the expected tensor is exactly 0, the error is relative to the norm of the whole expected vector; if that is
 * 0 as well, any difference is infinite. An entry that is NaN or infinite, on either side, makes the error of its
 * tensor infinite and is the worst one.
 * @throws RangeError for other lengths, empty vectors, or a tensor that doesn't fit or overlaps another
 */
export function compareGradients(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  options: CompareOptions = {},
): GradientComparison {
  const { floor = 0 } = options;
  const size = expected.length;
  if (actual.length !== size)
    throw new RangeError(`compareGradients: actual has ${actual.length} entries, expected ${size}`);
  if (size === 0) throw new RangeError("compareGradients: the vectors are empty, expected at least 1 entry");
  const total = norm(size, (i) => expected[i]);
  const whole = Number.isFinite(total) ? total : 0;
  const tensors: [string, number][] = [];
  let error = -1;
  let worst: EntryDifference | undefined;
  for (const [tensor, columns, indices] of parts(size, options.tensors)) {
    const own = norm(indices.length, (i) => expected[indices[i]]);
    const scale = Math.max(own > 0 ? own : whole, floor * whole);
    const at = worstIndex(indices, actual, expected);
    const place = indices[at];
    const distance = norm(indices.length, (i) => actual[indices[i]] - expected[indices[i]]);
    const finite = Number.isFinite(actual[place]) && Number.isFinite(expected[place]);
    const tensorError = !finite ? Number.POSITIVE_INFINITY : distance === 0 ? 0 : distance / scale;
    tensors.push([tensor, tensorError]);
    if (tensorError > error) {
      error = tensorError;
      const position = tensor === UNNAMED ? place : at;
      worst = {
        tensor,
        row: Math.floor(position / columns),
        column: position % columns,
        actual: actual[place],
        expected: expected[place],
      };
    }
  }
  return { error, tensors: Object.fromEntries(tensors), worst: worst as EntryDifference };
}

/** Name, columns and indices of every tensor; what no tensor names comes last. */
function parts(
  size: number,
  tensors: Readonly<Record<string, TensorSlice>> | undefined,
): [string, number, Int32Array][] {
  const result: [string, number, Int32Array][] = [];
  const owner: (string | undefined)[] = new Array(size);
  for (const [name, { offset, rows, columns }] of Object.entries(tensors ?? {})) {
    if (offset < 0 || offset + rows * columns > size)
      throw new RangeError(
        `compareGradients: tensor ${name} (${rows}×${columns} at ${offset}) is outside ${size} entries`,
      );
    const indices = Int32Array.from({ length: rows * columns }, (_, i) => offset + i);
    for (const i of indices) {
      if (owner[i] !== undefined)
        throw new RangeError(`compareGradients: entry ${i} belongs to ${owner[i]} and ${name}`);
      owner[i] = name;
    }
    if (indices.length > 0) result.push([name, columns, indices]);
  }
  const rest = Int32Array.from(Array.from(owner.keys()).filter((i) => owner[i] === undefined));
  if (rest.length > 0) result.push([UNNAMED, size, rest]);
  return result;
}

/** The first entry that isn't finite, else the one with the largest difference. */
function worstIndex(indices: Int32Array, actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let worst = 0;
  let largest = -1;
  for (let i = 0; i < indices.length; i++) {
    const a = actual[indices[i]];
    const e = expected[indices[i]];
    if (!Number.isFinite(a) || !Number.isFinite(e)) return i;
    const difference = Math.abs(a - e);
    if (difference > largest) {
      largest = difference;
      worst = i;
    }
  }
  return worst;
}
