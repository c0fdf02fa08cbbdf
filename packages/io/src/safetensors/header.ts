import { DTYPES, type Dtype, type DtypeFacts } from "../dtype.ts";
import { quote, type Refusals } from "../errors.ts";
import { elementsOf } from "../tensor.ts";
import { JsonCursor } from "./json-cursor.ts";

/** More dimensions than any program gives a tensor; a bound on what a shape can make us store. */
const MOST_DIMENSIONS = 64;

/** What the header says of one tensor, checked in itself. */
export interface Entry {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** First byte of the data, counted from the end of the header. */
  readonly begin: number;
  /** One past the last byte. */
  readonly end: number;
  /** Where in the file the name stands. */
  readonly offset: number;
}

export interface Header {
  readonly metadata: Map<string, string>;
  readonly entries: Entry[];
}

/**
 * Reads `{"__metadata__": {string: string, …}, name: {"dtype", "shape", "data_offsets": [begin, end]}, …}` and padding.
 * Every entry is right in itself: end − begin = product of the shape · size of an element.
 */
export function readHeader(bytes: Uint8Array, start: number, end: number, refuse: Refusals): Header {
  const cursor = new JsonCursor(bytes, start, end, refuse);
  const metadata = new Map<string, string>();
  const entries: Entry[] = [];
  cursor.object("the header", (name, offset) => {
    if (name === "__metadata__") {
      cursor.object("__metadata__", (key) => {
        metadata.set(key, cursor.string(`__metadata__ ${quote(key)}`));
      });
    } else {
      entries.push(readEntry(cursor, name, offset, refuse));
    }
  });
  cursor.padding();
  return { metadata, entries };
}

function readEntry(cursor: JsonCursor, name: string, offset: number, refuse: Refusals): Entry {
  const label = `tensor ${quote(name)}`;
  const found: { dtype?: Dtype; shape?: number[]; data_offsets?: [number, number] } = {};
  let rangeOffset = 0;
  cursor.object(label, (key, keyOffset) => {
    const what = `${key} of ${label}`;
    if (key === "dtype") found.dtype = readDtype(cursor, what, refuse);
    else if (key === "shape") found.shape = readShape(cursor, what, refuse);
    else if (key === "data_offsets") {
      rangeOffset = cursor.position;
      found.data_offsets = readRange(cursor, what, refuse);
    } else throw refuse.unsupported("unknown-key", `${label} has the unknown key ${quote(key)}`, keyOffset);
  });
  const { dtype, shape, data_offsets } = found;
  if (dtype === undefined || shape === undefined || data_offsets === undefined) {
    const missing = ["dtype", "shape", "data_offsets"].filter((key) => !(key in found));
    throw refuse.malformed("missing-key", `${label} has no ${missing.join(", no ")}`, offset);
  }
  const [begin, end] = data_offsets;
  const { itemSize } = DTYPES.get(dtype) as DtypeFacts;
  const elements = elementsOf(shape);
  if (elements === undefined || elements * itemSize > Number.MAX_SAFE_INTEGER)
    throw refuse.malformed("size", `${label} has more than 2^53 - 1 bytes`, offset);
  if (end - begin !== elements * itemSize)
    throw refuse.malformed(
      "size",
      `data_offsets of ${label} hold ${end - begin} bytes, expected ${elements} × ${itemSize}`,
      rangeOffset,
    );
  return { name, dtype, shape, begin, end, offset };
}

function readDtype(cursor: JsonCursor, what: string, refuse: Refusals): Dtype {
  const offset = cursor.position;
  const name = cursor.string(what);
  if (!DTYPES.has(name)) throw refuse.unsupported("dtype", `${what} is ${quote(name)}`, offset);
  return name as Dtype;
}

function readShape(cursor: JsonCursor, what: string, refuse: Refusals): number[] {
  const shape: number[] = [];
  cursor.array(what, (index, offset) => {
    if (index === MOST_DIMENSIONS)
      throw refuse.unsupported("rank", `${what} has more than ${MOST_DIMENSIONS} dimensions`, offset);
    shape.push(cursor.integer(`dimension ${index} of ${what}`));
  });
  return shape;
}

function readRange(cursor: JsonCursor, what: string, refuse: Refusals): [number, number] {
  const start = cursor.position;
  const range: [number, number] = [0, 0];
  let count = 0;
  cursor.array(what, (index, offset) => {
    if (index === 2) throw refuse.malformed("type", `${what} has more than two numbers`, offset);
    range[index] = cursor.integer(`${index === 0 ? "begin" : "end"} of ${what}`);
    count++;
  });
  if (count < 2) throw refuse.malformed("type", `${what} has ${count} numbers, expected 2`, start);
  const [begin, end] = range;
  if (begin > end)
    throw refuse.malformed("offsets", `${what} begin at ${begin}, after their end ${end}`, start);
  return range;
}
