import type { FloatArray } from "@unroll/kernels";
import { quote, type Refusals } from "../errors.ts";
import { elementsOf } from "../tensor.ts";
import { tensorOfBytes } from "../tensor-bytes.ts";
import { fixed } from "./axes.ts";
import { TENSOR } from "./schema.ts";
import { type Numbers, type Sizes, stridesOf } from "./values.ts";
import type { Span, WireReader } from "./wire-reader.ts";

/** Types by their number in `TensorProto.DataType`. */
const TYPES: readonly string[] = [
  "UNDEFINED",
  "FLOAT",
  "UINT8",
  "INT8",
  "UINT16",
  "INT16",
  "INT32",
  "INT64",
  "STRING",
  "BOOL",
  "FLOAT16",
  "DOUBLE",
  "UINT32",
  "UINT64",
  "COMPLEX64",
  "COMPLEX128",
  "BFLOAT16",
  "FLOAT8E4M3FN",
  "FLOAT8E4M3FNUZ",
  "FLOAT8E5M2",
  "FLOAT8E5M2FNUZ",
  "UINT4",
  "INT4",
  "FLOAT4E2M1",
];

/** More dimensions than a network of this kind has anywhere. */
const MOST_DIMENSIONS = 8;
/** Integers speak of shapes here, so there are few. */
const MOST_INTEGERS = 64;

/** FLOAT, DOUBLE, INT64, … */
export function typeName(type: number): string {
  return TYPES[type] ?? `type ${type}`;
}

/** A tensor as it stands in the file, before its numbers are looked at. */
interface TensorProto {
  readonly name: string;
  readonly type: number;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly raw: Span | undefined;
  /** `float_data` or `double_data`: packed numbers have the same bytes as `raw_data`. */
  readonly packed: { readonly field: string; readonly span: Span } | undefined;
  readonly integers: readonly number[] | undefined;
}

/** Floating-point numbers in the file's own memory where they are aligned, or integers that speak of shapes. */
export function readTensor(
  reader: WireReader,
  span: Span,
  offset: number,
): { readonly name: string; readonly value: Numbers | Sizes } {
  const tensor = readTensorProto(reader, span, offset);
  return { name: tensor.name, value: valuesOf(tensor, reader) };
}

function readTensorProto(reader: WireReader, span: Span, offset: number): TensorProto {
  const { refuse } = reader;
  const shape: number[] = [];
  const fields: string[] = [];
  let name = "";
  let type = 0;
  let raw: Span | undefined;
  let packed: TensorProto["packed"];
  let integers: number[] | undefined;
  reader.message(span, TENSOR, (field, at) => {
    if (field.endsWith("_data") && fields.at(-1) !== field) fields.push(field);
    if (field === "name") name = reader.string();
    else if (field === "dims") reader.integers(shape, MOST_DIMENSIONS);
    else if (field === "data_type") type = reader.integer();
    else if (field === "raw_data") raw = reader.span();
    else if (field === "float_data" || field === "double_data") {
      if (packed) throw refuse.unsupported("unpacked", `${field} of a tensor stands there in parts`, at);
      packed = { field, span: reader.span() };
    } else if (field === "int64_data" || field === "int32_data") {
      integers ??= [];
      reader.integers(integers, MOST_INTEGERS);
    } else if (field === "external_data")
      throw refuse.unsupported("external-data", `the tensor ${quote(name)} lies outside the file`, at);
    else if (field === "data_location" && reader.integer() !== 0)
      throw refuse.unsupported("external-data", `the tensor ${quote(name)} lies outside the file`, at);
    else if (field === "segment")
      throw refuse.unsupported("segment", `the tensor ${quote(name)} is a segment`, at);
  });
  for (const size of shape)
    if (!Number.isSafeInteger(size) || size < 0)
      throw refuse.malformed("dims", `the tensor ${quote(name)} has a dimension of ${size}`, offset);
  if (fields.length > 1)
    throw refuse.malformed("data", `the tensor ${quote(name)} has ${fields.join(" and ")}`, offset);
  return { name, type, shape, offset, raw, packed, integers };
}

function valuesOf(tensor: TensorProto, { bytes, refuse }: WireReader): Numbers | Sizes {
  const { type, shape, offset, integers } = tensor;
  const label = `the tensor ${quote(tensor.name)}`;
  const name = typeName(type);
  if (type === 0) throw refuse.malformed("data-type", `${label} has no data type`, offset);
  if (name === "FLOAT" || name === "DOUBLE") return numbersOf(tensor, bytes, refuse, label);
  if (name !== "INT64" && name !== "INT32")
    throw refuse.unsupported("data-type", `${label} is of ${name}`, offset);
  if (shape.length > 1)
    throw refuse.unsupported(
      "data-type",
      `${label} is of ${name} and has ${shape.length} dimensions`,
      offset,
    );
  const itemSize = name === "INT64" ? 8 : 4;
  const count = shape[0] ?? 1;
  const ofRaw = tensor.raw && rawIntegers(bytes, tensor.raw, itemSize, refuse, offset);
  const values = ofRaw ?? (integers as readonly number[] | undefined) ?? [];
  const odd = tensor.raw && (tensor.raw.end - tensor.raw.start) % itemSize !== 0;
  if (values.length !== count || odd || tensor.packed)
    throw refuse.malformed("size", `${label} has ${values.length} numbers, expected ${count}`, offset);
  return { kind: "sizes", single: shape.length === 0, sizes: values.map(fixed) };
}

function rawIntegers(
  bytes: Uint8Array,
  { start, end }: Span,
  itemSize: 4 | 8,
  refuse: Refusals,
  offset: number,
): number[] {
  const count = Math.floor((end - start) / itemSize);
  if (count > MOST_INTEGERS)
    throw refuse.unsupported("limit", `a tensor has more than ${MOST_INTEGERS} integers`, offset);
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, end - start);
  return Array.from({ length: count }, (_, i) =>
    itemSize === 4 ? view.getInt32(4 * i, true) : Number(view.getBigInt64(8 * i, true)),
  );
}

function numbersOf(
  { type, shape, offset, raw, packed, integers }: TensorProto,
  bytes: Uint8Array,
  refuse: Refusals,
  label: string,
): Numbers {
  const single = typeName(type) === "FLOAT";
  const itemSize = single ? 4 : 8;
  const field = single ? "float_data" : "double_data";
  const span = raw ?? (packed?.field === field ? packed.span : undefined) ?? { start: 0, end: 0 };
  const elements = elementsOf(shape);
  const length = span.end - span.start;
  if (
    elements === undefined ||
    elements * itemSize !== length ||
    (packed && packed.field !== field) ||
    integers
  ) {
    const expected = `expected ${shape.join(" · ") || 1} · ${itemSize}`;
    throw refuse.malformed("size", `${label} has ${length} bytes of ${typeName(type)}, ${expected}`, offset);
  }
  const tensor = tensorOfBytes(single ? "F32" : "F64", shape, bytes.subarray(span.start, span.end));
  const data = tensor.data as FloatArray;
  const ofType = { type: single ? "float32" : "float64" } as const;
  return { kind: "numbers", ...ofType, data, offset: 0, shape, strides: stridesOf(shape) };
}
