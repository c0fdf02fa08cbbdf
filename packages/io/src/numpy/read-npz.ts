import { OptionError, ValueError } from "@unroll/kernels";
import { quote, Refusals } from "../errors.ts";
import type { Tensor } from "../tensor.ts";
import { crc32 } from "./crc32.ts";
import { inflate } from "./inflate.ts";
import { readArray } from "./read-npy.ts";
import { type Member, readMembers } from "./zip-members.ts";

const WHERE = "readNpz";
const ENDING = ".npy";

export interface NpzOptions {
  /** Most bytes that compressed members may inflate to, all together. Default 2 × the file + 1,048,576. */
  readonly maxInflatedBytes?: number | undefined;
}

/**
 * Reads an archive that NumPy saved (`np.savez`, `np.savez_compressed`): arrays by name, in the order of the archive.
 * Arrays share the memory of `bytes` where they can, as in `readNpy`.
 *
 * All headers are checked before anything is inflated; nothing inflates beyond the size that it declares.
 * @throws FormatError (code "format") if the bytes break a rule of ZIP or NumPy; UnsupportedError (code "unsupported")
 * for what may be right but is not read: encryption, methods other than stored and deflated, several disks, members
 * that are no arrays, more than `maxInflatedBytes`; both with the byte offset, for a fault in compressed data that of
 * the data. OptionError
 */
export async function readNpz(bytes: Uint8Array, options: NpzOptions = {}): Promise<Map<string, Tensor>> {
  if (!(bytes instanceof Uint8Array)) throw new ValueError(WHERE, "bytes", bytes, "a Uint8Array");
  const limit = inflationLimit(bytes, options);
  const refuse = new Refusals(WHERE);
  const members = readMembers(bytes, refuse);
  let inflated = 0;
  for (const { name, method, size, offset } of members) {
    if (!name.endsWith(ENDING))
      throw refuse.unsupported(
        "member",
        `member ${quote(name)} is no array: its name does not end with .npy`,
        offset,
      );
    if (method === 0) continue;
    inflated += size;
    if (inflated > limit)
      throw refuse.unsupported(
        "inflation-limit",
        `the archive inflates to more than maxInflatedBytes = ${limit}`,
        offset,
      );
  }
  const tensors = new Map<string, Tensor>();
  for (const member of members)
    tensors.set(member.name.slice(0, -ENDING.length), await readMember(member, refuse));
  return tensors;
}

async function readMember(member: Member, refuse: Refusals): Promise<Tensor> {
  const { name, method, data, dataOffset, size, crc } = member;
  const label = `member ${quote(name)}`;
  const content = method === 0 ? data : await inflate(data, size);
  if (!content) throw refuse.malformed("deflate", `${label} is no deflate data of ${size} bytes`, dataOffset);
  if (crc32(content) !== crc)
    throw refuse.malformed("crc", `${label} has another CRC-32 than it says`, dataOffset);
  const place = method === 0 ? (offset: number) => dataOffset + offset : () => dataOffset;
  return readArray(content, new Refusals(WHERE, `${label}: `, place));
}

function inflationLimit(bytes: Uint8Array, options: NpzOptions): number {
  for (const [name, value] of Object.entries(options))
    if (name !== "maxInflatedBytes")
      throw new OptionError(WHERE, name, value, "no such option: maxInflatedBytes");
  const limit = options.maxInflatedBytes ?? 2 * bytes.length + 2 ** 20;
  if (!Number.isSafeInteger(limit) || limit < 0)
    throw new OptionError(WHERE, "maxInflatedBytes", limit, "a whole number from 0 to 2^53 - 1");
  return limit;
}
