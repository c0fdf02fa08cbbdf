import { readSafetensors, type Tensor, writeSafetensors } from "@unroll/io";
import type { RandomState } from "@unroll/linalg";

/** What stands where something else should. */
const VALUES: readonly unknown[] = [
  null,
  true,
  -1,
  0.5,
  1e308,
  2 ** 53,
  2 ** 40,
  "",
  "5",
  "adam",
  "sgd",
  "__proto__",
  "elu(1e999)",
  [],
  [[]],
  {},
  { version: 9 },
  [null],
  { hiddenSize: 3 },
  "F64",
  "float64",
  3,
  2,
  1,
  0,
];

/** A place in JSON, found by walking down at random, gets another value, or goes. */
function changeJson(value: unknown, random: RandomState): unknown {
  const keys = typeof value === "object" && value !== null ? Object.keys(value) : [];
  if (keys.length === 0 || random.randint(0, 4) === 0) return VALUES[random.randint(0, VALUES.length)];
  const key = keys[random.randint(0, keys.length)]!;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>;
  if (random.randint(0, 6) === 0) delete copy[key];
  else copy[key] = changeJson(copy[key], random);
  return copy;
}

function changeText(text: string, random: RandomState): string {
  const at = random.randint(0, text.length + 1);
  const piece = ['"', "{", "}", "[", ",", "1e999", "\\ud800", "\u0000", "null"][random.randint(0, 9)]!;
  return random.randint(0, 2) ? text.slice(0, at) + piece + text.slice(at + 1) : text.slice(0, at);
}

function changeTensor(tensor: Tensor, random: RandomState): Tensor {
  const { dtype, shape, data } = tensor;
  const kind = random.randint(0, 5);
  if (kind === 0) return { dtype, shape: [...shape].reverse(), data } as Tensor;
  if (kind === 1) return { dtype, shape: [data.length], data } as Tensor;
  if (kind === 2) return { dtype, shape: [shape[0] ?? 1, 0, 7], data: data.slice(0, 0) } as Tensor;
  if (kind === 3) {
    const filled = data.slice().fill((dtype === "U32" ? 0 : Number.NaN) as never);
    return { dtype, shape, data: filled } as Tensor;
  }
  const size = random.randint(0, 5);
  return { dtype: "F64", shape: [size], data: new Float64Array(size) };
}

/** A checkpoint with something wrong about it, or, once in eight times, nothing. */
export function hostileCheckpoint(
  good: Uint8Array,
  random: RandomState,
): { bytes: Uint8Array; intact: boolean } {
  const kind = random.randint(0, 8);
  if (kind === 0) return { bytes: good.slice(), intact: true };
  if (kind === 1) {
    const bytes = good.slice(0, random.randint(0, 3) ? good.length : random.randint(0, good.length));
    // Mostly in the header, where it matters.
    const end = Math.max(1, Math.min(bytes.length, random.randint(0, 4) ? 2500 : bytes.length));
    for (let i = random.randint(1, 4); i > 0 && bytes.length > 0; i--)
      bytes[random.randint(0, end)] = random.randint(0, 256);
    return { bytes, intact: false };
  }
  const { tensors, metadata } = readSafetensors(good.slice());
  const pick = (keys: Iterable<string>): string => {
    const list = [...keys];
    return list[random.randint(0, list.length)]!;
  };
  for (let i = random.randint(1, 3); i > 0; i--) {
    const key = kind < 4 ? "training" : pick(metadata.keys());
    const name = pick(tensors.keys());
    const tensor = tensors.get(name)!;
    if (kind < 6) metadata.set(key, JSON.stringify(changeJson(parsed(metadata.get(key)!), random)) ?? "");
    else if (kind === 6 && random.randint(0, 2)) metadata.set(key, changeText(metadata.get(key)!, random));
    else if (kind === 6) metadata.delete(key);
    else if (random.randint(0, 3)) tensors.set(name, changeTensor(tensor, random));
    else {
      if (tensors.size > 1) tensors.delete(name);
      if (random.randint(0, 2)) tensors.set(`${name}0`, tensor);
    }
    if (metadata.size === 0) break;
  }
  try {
    return { bytes: writeSafetensors(tensors, metadata), intact: false };
  } catch {
    return { bytes: good.slice(0, 100), intact: false }; // half a surrogate: no file can hold it
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
