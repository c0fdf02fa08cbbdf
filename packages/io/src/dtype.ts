/** The array that holds the elements of each type. Types that JavaScript has no numbers for are kept as bits. */
export interface DtypeArrays {
  U64: BigUint64Array;
  I64: BigInt64Array;
  F64: Float64Array;
  F32: Float32Array;
  U32: Uint32Array;
  I32: Int32Array;
  /** Bits; `bfloat16ToFloat32` converts. */
  BF16: Uint16Array;
  /** Bits; `float16ToFloat32` converts. */
  F16: Uint16Array;
  U16: Uint16Array;
  I16: Int16Array;
  /** Bits of the 8-bit floating-point types. */
  F8_E5M2FNUZ: Uint8Array;
  F8_E4M3FNUZ: Uint8Array;
  F8_E8M0: Uint8Array;
  F8_E4M3: Uint8Array;
  F8_E5M2: Uint8Array;
  I8: Int8Array;
  U8: Uint8Array;
  /** A byte each, as it stands in the file: 0 and 1, if the writer kept to that. */
  BOOL: Uint8Array;
}

/** The element types of safetensors that have whole bytes and one number each. */
export type Dtype = keyof DtypeArrays;

export interface DtypeFacts<D extends Dtype = Dtype> {
  /** Bytes of an element. */
  readonly itemSize: 1 | 2 | 4 | 8;
  readonly array: ArrayOf<DtypeArrays[D]>;
}

interface ArrayOf<A> {
  readonly name: string;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): A;
}

/** All types, in the order in which a file holds them: by falling alignment, so that every tensor stays aligned. */
export const DTYPES: ReadonlyMap<string, DtypeFacts> = /* @__PURE__ */ facts();

function facts(): Map<Dtype, DtypeFacts> {
  return new Map<Dtype, DtypeFacts>([
    ["U64", { itemSize: 8, array: BigUint64Array }],
    ["I64", { itemSize: 8, array: BigInt64Array }],
    ["F64", { itemSize: 8, array: Float64Array }],
    ["F32", { itemSize: 4, array: Float32Array }],
    ["U32", { itemSize: 4, array: Uint32Array }],
    ["I32", { itemSize: 4, array: Int32Array }],
    ["BF16", { itemSize: 2, array: Uint16Array }],
    ["F16", { itemSize: 2, array: Uint16Array }],
    ["U16", { itemSize: 2, array: Uint16Array }],
    ["I16", { itemSize: 2, array: Int16Array }],
    ["F8_E5M2FNUZ", { itemSize: 1, array: Uint8Array }],
    ["F8_E4M3FNUZ", { itemSize: 1, array: Uint8Array }],
    ["F8_E8M0", { itemSize: 1, array: Uint8Array }],
    ["F8_E4M3", { itemSize: 1, array: Uint8Array }],
    ["F8_E5M2", { itemSize: 1, array: Uint8Array }],
    ["I8", { itemSize: 1, array: Int8Array }],
    ["U8", { itemSize: 1, array: Uint8Array }],
    ["BOOL", { itemSize: 1, array: Uint8Array }],
  ]);
}
