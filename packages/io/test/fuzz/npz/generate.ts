import { deflateRawSync } from "node:zlib";
import type { RandomState } from "@unroll/linalg";
import { type Archive, archive, join, NONE, type Part, part, render } from "../../zip.ts";
import { generate as generateNpy } from "../npy/generate.ts";
import { choose, mutateBytes } from "../random.ts";

const NAMES = [
  "a",
  "W_hh",
  "",
  "__proto__",
  "layer/0/W",
  "é",
  "\u{1f600}",
  "..",
  "/etc/passwd",
  "a.npy",
  "\0",
];
const NUMBERS = [
  0,
  1,
  7,
  22,
  100,
  0xffff,
  0x10000,
  0x7fffffff,
  0xfffffffe,
  0xffffffff,
  2 ** 40,
  2 ** 53,
  2 ** 63,
];
const TEXTS = [
  "PK\x05\x06",
  "PK\x01\x02",
  "PK\x03\x04",
  "PK\x06\x06",
  "PK\x06\x07",
  "\0\0\0\0",
  "\x01\0\x10\0",
];

function draft(random: RandomState): { archive: Archive; intact: boolean } {
  const names = [...NAMES];
  random.shuffle(names);
  let intact = true;
  const parts = Array.from({ length: random.randint(0, 4) }, () => {
    let array = generateNpy(random);
    while (!array.intact && random.randint(0, 10) > 0) array = generateNpy(random);
    intact &&= array.intact;
    const each = part(`${names.pop()}.npy`, array.bytes, random.randint(0, 6) === 0);
    if (each.name.some((byte) => byte > 0x7f)) each.flags |= 1 << 11;
    if (random.randint(0, 4) === 0) each.flags |= 2 * random.randint(0, 4);
    each.zip64 = { local: random.randint(0, 2) === 0, central: random.randint(0, 4) === 0 };
    if (random.randint(0, 8) === 0) each.extra = { local: NONE, central: Uint8Array.of(9, 8, 1, 0, 7) };
    if (random.randint(0, 8) === 0) each.comment = Uint8Array.of(80, 75);
    return each;
  });
  const file = archive(parts);
  file.zip64 = random.randint(0, 6) === 0;
  random.shuffle(file.order);
  return { archive: file, intact };
}

/** Breaks one thing in the structure (or does nothing, if the thing is not there). */
const MUTATIONS: ((a: Archive, random: RandomState) => void)[] = [
  (a, random) => withPart(a, random, (p) => (p.crc = nudged(random, p.crc))),
  (a, random) => withPart(a, random, (p) => (p.size = nudged(random, p.size))),
  (a, random) => withPart(a, random, (p) => (p.compressedSize = nudged(random, p.compressedSize))),
  (a, random) => withPart(a, random, (p) => (p.size = p.compressedSize = nudged(random, p.size))),
  (a, random) => withPart(a, random, (p) => (p.local.size = nudged(random, p.size))),
  (a, random) => withPart(a, random, (p) => (p.local.compressedSize = nudged(random, p.compressedSize))),
  (a, random) => withPart(a, random, (p) => (p.local.crc = nudged(random, p.crc))),
  (a, random) => withPart(a, random, (p) => (p.local.method = choose(random, [0, 8, 9]))),
  (a, random) => withPart(a, random, (p) => (p.local.flags = 1 << random.randint(0, 16))),
  (a, random) => withPart(a, random, (p) => (p.local.name = new TextEncoder().encode(choose(random, NAMES)))),
  (a, random) => withPart(a, random, (p) => (p.method = choose(random, [0, 1, 8, 9, 12, 93]))),
  (a, random) => withPart(a, random, (p) => (p.flags ^= 1 << random.randint(0, 16))),
  (a, random) => withPart(a, random, (p) => (p.name = new TextEncoder().encode(choose(random, NAMES)))),
  (a, random) => withPart(a, random, (p) => (p.name = Uint8Array.of(random.randint(0, 256), ...p.name))),
  (a, random) => withPart(a, random, (p) => (p.name = choose(random, a.parts).name)),
  (a, random) => withPart(a, random, (p) => (p.shift = random.randint(-60, 61))),
  (a, random) => withPart(a, random, (p) => (p.disk = random.randint(0, 2))),
  (a, random) => withPart(a, random, (p) => (p.gap = new Uint8Array(random.randint(0, 3)))),
  (a, random) => withPart(a, random, (p) => (p.commentMore = random.randint(-1, 3))),
  (a, random) => withPart(a, random, (p) => (p.extra = { local: extra(random), central: extra(random) })),
  (a, random) =>
    withPart(a, random, (p) => {
      p.size = 0xffffffff;
      p.extra = { local: extra(random), central: extra(random) };
    }),
  (a, random) => withPart(a, random, (p) => (p.localSignature += random.randint(0, 2))),
  (a, random) => withPart(a, random, (p) => (p.centralSignature += random.randint(0, 2))),
  (a, random) => withPart(a, random, (p) => deflate(p, random)),
  (a, random) => withPart(a, random, (p) => deflate(p, random)),
  (a, random) => withPart(a, random, (p) => a.parts.push({ ...p })),
  (a, random) => withPart(a, random, (p) => a.order.push(a.parts.indexOf(p))),
  (a) => void a.order.pop(),
  (a, random) => void (a.before = new Uint8Array(random.randint(0, 3))),
  (a, random) => void (a.behind = new Uint8Array(random.randint(0, 3))),
  (a, random) => void (a.behindDirectory = new Uint8Array(random.randint(0, 3))),
  (a) => void (a.zip64 = !a.zip64),
  (a, random) => void (a.end[choose(random, END)] = choose(random, NUMBERS) % 2 ** 32),
  (a, random) => void (a.end64[choose(random, END)] = choose(random, NUMBERS)),
  (a, random) => void (a.end64[choose(random, END_64)] = choose(random, NUMBERS)),
  (a, random) => {
    const length = random.randint(0, 3);
    a.end.commentLength = length;
    a.behind = new Uint8Array(length);
  },
];

const END_64 = ["recordSize", "locator", "locatorDisk", "disks"] as const;
const END = ["signature", "disk", "startDisk", "countHere", "count", "size", "start"] as const;

/** Puts deflate data of another kind in the place of a member's data: stored, cut, with bytes behind, a bomb. */
function deflate(each: Part, random: RandomState): void {
  const kind = random.randint(0, 5);
  const bomb = kind === 0 && random.randint(0, 10) === 0;
  const content = kind === 0 ? new Uint8Array(bomb ? 2_000_000 : choose(random, [1000, 30_000])) : each.data;
  const data = new Uint8Array(deflateRawSync(content, { level: bomb ? 9 : random.randint(0, 10) }));
  if (kind === 1) each.data = data.subarray(0, random.randint(0, data.length + 1));
  else if (kind === 2) each.data = join(data, new Uint8Array(random.randint(0, 3)));
  else if (kind === 3)
    each.data = data.map((byte) => (random.randint(0, 20) ? byte : random.randint(0, 256)));
  else each.data = data;
  if (each.method === 0) each.size = content.length;
  each.method = 8;
  each.compressedSize = each.data.length;
}

/** A field of ZIP64, right in its form now and then. */
function extra(random: RandomState): Uint8Array {
  const content = new Uint8Array(random.randint(0, 25));
  const length = random.randint(0, 4) ? content.length : random.randint(0, 25);
  return Uint8Array.of(1, 0, length, 0, ...content.map(() => random.randint(0, 3)));
}

function nudged(random: RandomState, value: number): number {
  return random.randint(0, 2) ? choose(random, NUMBERS) : Math.max(0, value + random.randint(-3, 4));
}

function withPart(a: Archive, random: RandomState, change: (each: Part) => void): void {
  if (a.parts.length > 0) change(choose(random, a.parts));
}

/** An archive that is right, or broken in a few places. */
export function generate(random: RandomState): { bytes: Uint8Array; intact: boolean } {
  const { archive: file, intact } = draft(random);
  const structural = [0, 1, 1, 1, 2, 3][random.randint(0, 6)] as number;
  for (let i = 0; i < structural; i++) choose(random, MUTATIONS)(file, random);
  const bytes = [...render(file).bytes];
  const rough = random.randint(0, 4) === 0 ? random.randint(1, 4) : 0;
  for (let i = 0; i < rough; i++) mutateBytes(bytes, random, bytes.length, TEXTS);
  return { bytes: Uint8Array.from(bytes), intact: intact && structural === 0 && rough === 0 };
}
