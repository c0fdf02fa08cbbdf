import type { Tensor } from "@unroll/io";
import { readNpz, writeNpz } from "@unroll/io/numpy";
import type { Subject } from "../loop.ts";
import { contentsOf } from "../npy/subject.ts";
import { generate } from "./generate.ts";
import { referenceRead } from "./reference.ts";

/** A reader of .npz files, ours unless another is given. */
export function npz(
  read: (bytes: Uint8Array) => Promise<Map<string, Tensor>> = readNpz,
): Subject<Map<string, Tensor>> {
  return {
    make: generate,
    read,
    // With a mark before each name: in an object, __proto__ and numbers are no names like others.
    contents: (tensors) =>
      Object.fromEntries([...tensors].map(([name, each]) => [`=${name}`, contentsOf(each)])),
    expected: referenceRead,
    write: writeNpz,
    arrays: (tensors) => [...tensors.values()].map(({ data }) => data),
  };
}
