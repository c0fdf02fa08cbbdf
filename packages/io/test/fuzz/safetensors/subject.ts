import { readSafetensors, type SafetensorsFile, writeSafetensors } from "@unroll/io";
import type { Subject } from "../loop.ts";
import { generate } from "./generate.ts";
import { type Contents, referenceRead } from "./reference.ts";

/** A safetensors reader, ours unless another is given. */
export function safetensors(
  read: (bytes: Uint8Array) => SafetensorsFile = readSafetensors,
): Subject<SafetensorsFile> {
  return {
    make: generate,
    read,
    contents,
    expected(bytes) {
      const contents = referenceRead(bytes);
      return contents && sorted(contents);
    },
    write: ({ tensors, metadata }) => writeSafetensors(tensors, metadata),
    arrays: ({ tensors }) => [...tensors.values()].map(({ data }) => data),
    stricter: new Set(["number", "surrogate", "unknown-key", "rank"]),
  };
}

function contents({ metadata, tensors }: SafetensorsFile): Contents {
  return sorted({
    metadata: Object.fromEntries(metadata),
    tensors: [...tensors].map(([name, { dtype, shape, data }]) => ({
      name,
      dtype,
      shape: [...shape],
      bytes: [...new Uint8Array(data.buffer, data.byteOffset, data.byteLength)],
    })),
  });
}

/** By name: a name that is an array index comes first in what JSON.parse makes. */
function sorted({ metadata, tensors }: Contents): Contents {
  return { metadata, tensors: [...tensors].sort((a, b) => (a.name < b.name ? -1 : 1)) };
}
