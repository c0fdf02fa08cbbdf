import { ValueError } from "@unroll/kernels";
import { allocate } from "../allocate.ts";
import { isLittleEndian, swapBytes } from "../byte-order.ts";
import { checkTensor } from "../check-tensor.ts";
import { checkText } from "../check-text.ts";
import { DTYPES, type DtypeFacts } from "../dtype.ts";
import { entriesOf, type Named } from "../named.ts";
import type { Tensor } from "../tensor.ts";
import { compareUtf8 } from "../utf8.ts";
import { FORMAT_HEADER_LIMIT } from "./file-header.ts";

const WHERE = "writeSafetensors";

/**
 * Writes a safetensors file. The bytes depend on what is written and not on the order of the maps: `__metadata__`
 * first (if there is any), its keys in the byte order of UTF-8; tensors by type U64 I64 F64 F32 U32 I32 BF16 F16 U16
 * I16 F8 I8 U8 BOOL, then by name in the byte order of UTF-8; the header padded with spaces so that data begins at a
 * multiple of 8. So every tensor is aligned for its type. Bits are kept: NaN payloads, −0, denormal numbers.
 *
 * @throws ValueError for a name or text that is not Unicode, the name `__metadata__`, an unknown type or an array of
 * another one, a shape that is not that of the data; MemoryError
 */
export function writeSafetensors(tensors: Named<Tensor>, metadata: Named<string> = new Map()): Uint8Array {
  const texts = entriesOf(metadata).sort(([a], [b]) => compareUtf8(a, b));
  for (const [key, value] of texts) {
    checkText(WHERE, "key of the metadata", key);
    checkText(WHERE, `metadata ${JSON.stringify(key)}`, value);
  }
  const list = entriesOf(tensors);
  for (const [name, tensor] of list) {
    checkText(WHERE, "name of a tensor", name);
    if (name === "__metadata__") throw new ValueError(WHERE, "name of a tensor", name, "another name");
    checkTensor(WHERE, `tensor ${JSON.stringify(name)}`, tensor);
  }
  const order = new Map([...DTYPES.keys()].map((dtype, place): [string, number] => [dtype, place]));
  const place = (tensor: Tensor) => order.get(tensor.dtype) as number;
  list.sort(([a, x], [b, y]) => place(x) - place(y) || compareUtf8(a, b));

  const fields: string[] = [];
  if (texts.length > 0)
    fields.push(`"__metadata__":{${texts.map(([k, v]) => `${json(k)}:${json(v)}`).join(",")}}`);
  let size = 0;
  for (const [name, { dtype, shape, data }] of list) {
    const end = size + data.byteLength;
    fields.push(
      `${json(name)}:{"dtype":"${dtype}","shape":[${shape.join(",")}],"data_offsets":[${size},${end}]}`,
    );
    size = end;
  }
  const text = new TextEncoder().encode(`{${fields.join(",")}}`);
  const headerSize = Math.ceil(text.length / 8) * 8;
  if (headerSize > FORMAT_HEADER_LIMIT)
    throw new ValueError(WHERE, "length of the header", headerSize, `at most ${FORMAT_HEADER_LIMIT} bytes`);

  const bytes = allocate(WHERE, 8 + headerSize + size);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerSize), true);
  bytes.set(text, 8);
  bytes.fill(0x20, 8 + text.length, 8 + headerSize);
  let offset = 8 + headerSize;
  for (const [, { dtype, data }] of list) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    const { itemSize } = DTYPES.get(dtype) as DtypeFacts;
    if (itemSize > 1 && !isLittleEndian())
      swapBytes(bytes.subarray(offset, offset + data.byteLength), itemSize);
    offset += data.byteLength;
  }
  return bytes;
}

const json: (text: string) => string = JSON.stringify;
