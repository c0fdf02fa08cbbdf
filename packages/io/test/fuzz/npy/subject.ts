import type { Tensor } from "@unroll/io";
import { readNpy, writeNpy } from "@unroll/io/numpy";
import type { Subject } from "../loop.ts";
import { generate } from "./generate.ts";
import { type Contents, referenceRead } from "./reference.ts";

/** A reader of .npy files, ours unless another is given. */
export function npy(read: (bytes: Uint8Array) => Tensor = readNpy): Subject<Tensor> {
  return {
    make: generate,
    read,
    contents: contentsOf,
    expected: referenceRead,
    write: writeNpy,
    arrays: ({ data }) => [data],
  };
}

export function contentsOf({ dtype, shape, data }: Tensor): Contents {
  return {
    dtype,
    shape: [...shape],
    bytes: [...new Uint8Array(data.buffer, data.byteOffset, data.byteLength)],
  };
}
