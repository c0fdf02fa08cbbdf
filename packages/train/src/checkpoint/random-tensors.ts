import type { Tensor, TensorOf } from "@unroll/io";
import { FormatError, UnrollError } from "@unroll/kernels";
import { RandomState } from "@unroll/linalg";
import { NAMES } from "./names.ts";

/** A generator as tensors: 624 words and the position, and the normal number that is kept, if there is one. */
export function randomTensors(random: RandomState): [name: string, tensor: Tensor][] {
  const { words, position, gaussian } = random.state;
  const kept = gaussian === null ? [] : [gaussian];
  return [
    [NAMES.words, { dtype: "U32", shape: [625], data: Uint32Array.of(...words, position) }],
    [NAMES.gaussian, { dtype: "F64", shape: [kept.length], data: Float64Array.from(kept) }],
  ];
}

/** The generator that `randomTensors` wrote, or undefined if there is none. @throws FormatError if it is none */
export function randomOf(tensors: ReadonlyMap<string, Tensor>): RandomState | undefined {
  const words = tensors.get(NAMES.words);
  const gaussian = tensors.get(NAMES.gaussian);
  if (!words && !gaussian) return undefined;
  try {
    const numbers = [...(words as TensorOf<"U32">).data];
    const [kept = null] = (gaussian as TensorOf<"F64">).data;
    const snapshot = { words: numbers.slice(0, -1), position: numbers.at(-1) as number, gaussian: kept };
    // From nothing but zeros a generator makes nothing but zeros, and normal numbers never.
    if (snapshot.words.every((word) => word === 0)) throw new TypeError("zeros");
    return new RandomState(0).restore(snapshot);
  } catch (error) {
    if (!UnrollError.is(error) && !(error instanceof TypeError)) throw error;
    throw new FormatError(
      "readCheckpoint",
      `"${NAMES.words}" and "${NAMES.gaussian}" are no random generator`,
      8,
    );
  }
}
