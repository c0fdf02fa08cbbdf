import type { Content, Field } from "../../onnx/proto.ts";

/** The messages inside messages of ONNX, by field number. */
const INSIDE: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  model: { 7: "graph", 8: "opset", 14: "pair" },
  graph: { 1: "node", 5: "tensor", 11: "value", 12: "value", 13: "value" },
  node: { 5: "attribute" },
  attribute: { 5: "tensor" },
  value: { 2: "type" },
  type: { 1: "tensorType" },
  tensorType: { 2: "shape" },
  shape: { 1: "dimension" },
};

/** A file as fields inside fields, for mutations to change and for the reference to run. */
export function decode(bytes: Uint8Array, message = "model"): Field[] {
  const fields: Field[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Error("cut");
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return BigInt.asIntN(64, value);
    }
  };
  while (at < bytes.length) {
    const tag = Number(varint());
    const [number, wire] = [tag >> 3, tag & 7];
    let content: Content;
    if (wire === 0) content = varint();
    else if (wire === 1) content = { f64: view.getFloat64((at += 8) - 8, true) };
    else if (wire === 5) content = { f32: view.getFloat32((at += 4) - 4, true) };
    else if (wire === 2) {
      const length = Number(varint());
      const part = bytes.subarray(at, (at += length));
      const inner = INSIDE[message]?.[number];
      content = (inner && attempt(part, inner)) ?? part.slice();
    } else throw new Error(`wire type ${wire}`);
    fields.push({ number, content });
  }
  return fields;
}

/** Undefined for what is no such message: nobody reads it, or the file would be refused. */
function attempt(bytes: Uint8Array, message: string): Field[] | undefined {
  try {
    return decode(bytes, message);
  } catch {
    return undefined;
  }
}
