import type { RandomState } from "@unroll/linalg";
import { choose, mutateBytes } from "../random.ts";

/** A tensor as it will be spelled: JSON text, so that a mutation can put anything in its place. */
interface Field {
  key: string;
  text: string;
}

interface Draft {
  /** Key (as JSON) and fields of each object, or the text of a value that is none. */
  entries: { key: string; fields: Field[] | string; range?: [number, number] }[];
  data: number[];
  /** What stands between tokens. */
  spaces: string;
  head: string;
  tail: string;
  /** Added to the length in the first 8 bytes. */
  length: bigint;
}

const TYPES = ["F64", "I64", "U64", "F32", "I32", "U32", "F16", "BF16", "I16", "U16", "I8", "U8", "BOOL"];
TYPES.push("F8_E4M3", "F8_E5M2", "F8_E8M0", "F8_E4M3FNUZ", "F8_E5M2FNUZ");
const BYTES = [8, 8, 8, 4, 4, 4, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1];
const NAMES = [
  "",
  "a",
  "W_xh",
  "__proto__",
  "constructor",
  "é",
  "\u{1f600}",
  "\uff01",
  "\0",
  '"',
  "\\",
  "\n",
  "\ufeff",
];
const NUMBERS = [
  "0",
  "1",
  "2",
  "3",
  "8",
  "16",
  "4294967296",
  "9007199254740991",
  "9007199254740992",
  "1e400",
];
NUMBERS.push("18446744073709551616", "-1", "-0", "00", "1.0", "1e0", "0x1", "+1", "NaN", "9".repeat(400));
const LITERALS = [
  "null",
  "true",
  '"1"',
  "[]",
  "{}",
  "[[]]",
  "[[[[[[",
  '{"a":{"a":',
  "",
  "1",
  '"F32"',
  '"F12"',
  '"F4"',
];
const CHARACTERS = [
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  '"',
  "\\",
  "\\u",
  "\\ud800",
  "\\udc00\\ud800",
  "\0",
  "\t",
  "\n",
  " ",
];
CHARACTERS.push("\ufeff", "\u00a0", "/", "0", "-", "e", "é", "\u{1f600}");

function draft(random: RandomState): Draft {
  const entries: Draft["entries"] = [];
  const names = [...NAMES];
  random.shuffle(names);
  let size = 0;
  for (let i = random.randint(0, 5); i > 0; i--) {
    const type = random.randint(0, TYPES.length);
    const shape = Array.from({ length: random.randint(0, 4) }, () => random.randint(0, 4));
    const end = size + shape.reduce((product, each) => product * each, BYTES[type]!);
    const fields = [
      { key: '"dtype"', text: `"${TYPES[type]}"` },
      { key: '"shape"', text: `[${shape}]` },
      { key: '"data_offsets"', text: `[${size},${end}]` },
    ];
    random.shuffle(fields);
    entries.push({ key: spell(random, names.pop()!), fields, range: [size, end] });
    size = end;
  }
  if (random.randint(0, 2)) {
    const fields = Array.from({ length: random.randint(0, 3) }, () => ({
      key: spell(random, names.pop()!),
      text: spell(random, choose(random, NAMES)),
    }));
    entries.push({ key: spell(random, "__metadata__"), fields });
  }
  random.shuffle(entries);
  const data = Array.from({ length: size }, () => random.randint(0, 256));
  const spaces = choose(random, ["", "", " ", "\n\t", "\r\n "]);
  return { entries, data, spaces, head: "", tail: " ".repeat(random.randint(0, 9)), length: 0n };
}

/** A string as JSON, now and then with escapes that need not be. */
function spell(random: RandomState, text: string): string {
  if (random.randint(0, 4)) return JSON.stringify(text);
  const units = Array.from(text, (_, i) => text.charCodeAt(i)).slice(0, text.length);
  for (let i = units.length; i < text.length; i++) units.push(text.charCodeAt(i));
  return `"${units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("")}"`;
}

/** Breaks one thing in the structure (or does nothing, if the thing is not there). */
const MUTATIONS: ((d: Draft, random: RandomState) => void)[] = [
  (d, random) => withField(d, random, (field) => (field.text = choose(random, LITERALS))),
  (d, random) => withField(d, random, (field) => (field.text = `[${choose(random, NUMBERS)}]`)),
  (d, random) => withField(d, random, (field) => (field.text = replaceNumber(random, field.text))),
  (d, random) => withField(d, random, (field) => (field.text = replaceNumber(random, field.text))),
  (d, random) => withField(d, random, (field) => (field.text = nudgeNumber(random, field.text))),
  (d, random) => withField(d, random, (field) => (field.text = nudgeNumber(random, field.text))),
  (d, random) => withField(d, random, (field) => (field.text = field.text.replace("]", ",1]"))),
  (d, random) =>
    withField(d, random, (field) => (field.text = field.text.replace("]", `${",1".repeat(70)}]`))),
  (d, random) => withField(d, random, (field) => (field.key = spell(random, choose(random, NAMES)))),
  (d, random) => withField(d, random, (field) => (field.text = `"${choose(random, TYPES)}"`)),
  (d, random) => withField(d, random, (field, fields) => fields.splice(fields.indexOf(field), 1)),
  (d, random) => withField(d, random, (field, fields) => fields.push({ ...field })),
  (d, random) =>
    withField(d, random, (_, fields) => fields.push({ key: '"x"', text: choose(random, LITERALS) })),
  (d, random) => withEntry(d, random, (entry) => (entry.key = choose(random, d.entries).key)),
  (d, random) => withEntry(d, random, (entry) => d.entries.push(entry)),
  (d, random) => withEntry(d, random, (entry) => d.entries.splice(d.entries.indexOf(entry), 1)),
  (d, random) => withEntry(d, random, (entry) => (entry.fields = choose(random, LITERALS))),
  (d, random) => withEntry(d, random, (entry) => move(entry, random.randint(-3, 4))),
  (d, random) => withEntry(d, random, (entry) => move(entry, random.randint(-3, 4))),
  (d, random) => void (d.data.length = Math.max(0, d.data.length + random.randint(-3, 4))),
  (d, random) => void (d.tail += choose(random, CHARACTERS)),
  (d, random) => void (d.head = choose(random, CHARACTERS)),
  (d, random) => void (d.length = BigInt(random.randint(-9, 10))),
  (d, random) => void (d.length = choose(random, [1n << 32n, 1n << 53n, 1n << 63n, 1n << 27n])),
];

function withEntry(d: Draft, random: RandomState, change: (entry: Draft["entries"][number]) => void): void {
  if (d.entries.length > 0) change(choose(random, d.entries));
}

function withField(d: Draft, random: RandomState, change: (field: Field, fields: Field[]) => void): void {
  withEntry(d, random, ({ fields }) => {
    if (typeof fields !== "string" && fields.length > 0) change(choose(random, fields), fields);
  });
}

function replaceNumber(random: RandomState, text: string): string {
  return text.replace(/\d+/, () => choose(random, NUMBERS));
}

function nudgeNumber(random: RandomState, text: string): string {
  const skip = random.randint(0, 2);
  let seen = 0;
  return text.replace(/\d+/g, (digits) =>
    seen++ === skip ? String(Number(digits) + random.randint(-2, 3)) : digits,
  );
}

/** Shifts a tensor: its size stays right, its place does not. */
function move(entry: Draft["entries"][number], by: number): void {
  const field =
    typeof entry.fields === "string" ? undefined : entry.fields.find(({ key }) => key.includes("offsets"));
  if (field && entry.range) field.text = `[${entry.range[0] + by},${entry.range[1] + by}]`;
}

function render(d: Draft): number[] {
  const { spaces: s } = d;
  const object = (fields: Field[]) =>
    `{${s}${fields.map(({ key, text }) => `${key}${s}:${s}${text}`).join(`${s},${s}`)}${s}}`;
  const fields = d.entries.map((each) => ({
    key: each.key,
    text: typeof each.fields === "string" ? each.fields : object(each.fields),
  }));
  const text = new TextEncoder().encode(`${d.head}${object(fields)}${d.tail}`);
  const length = BigInt.asUintN(64, BigInt(text.length) + d.length);
  const prefix = Array.from({ length: 8 }, (_, i) => Number((length >> BigInt(8 * i)) & 255n));
  return [...prefix, ...text, ...d.data];
}

/** A file that is right, or broken in a few places. */
export function generate(random: RandomState): { bytes: Uint8Array; intact: boolean } {
  const d = draft(random);
  const structural = [0, 1, 1, 1, 2, 3][random.randint(0, 6)] as number;
  for (let i = 0; i < structural; i++) choose(random, MUTATIONS)(d, random);
  const bytes = render(d);
  const rough = random.randint(0, 4) === 0 ? random.randint(1, 4) : 0;
  for (let i = 0; i < rough; i++) mutateBytes(bytes, random, 300, CHARACTERS);
  return { bytes: Uint8Array.from(bytes), intact: structural === 0 && rough === 0 };
}
