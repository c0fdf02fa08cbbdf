import type { RandomState } from "@unroll/linalg";
import { choose, mutateBytes } from "../random.ts";

/** A file as it will be spelled: text, so that a mutation can put anything in the place of a value. */
interface Draft {
  major: number;
  minor: number;
  fields: { key: string; text: string }[];
  /** What stands between tokens. */
  spaces: string;
  /** Before and behind the dictionary. */
  head: string;
  tail: string;
  /** Added to the length of the header. */
  length: number;
  data: number[];
}

const CODES = ["f8", "f4", "f2", "i8", "i4", "i2", "i1", "u8", "u4", "u2", "u1", "b1"];
const DESCRS = ["'O'", "'|O'", "'<c8'", "'<c16'", "'|S5'", "'<U7'", "'|V4'", "'<M8[D]'", "'<m8'", "'<f16'"];
DESCRS.push("'f4'", "'=f4'", "'>b1'", "'|f4'", "'<F4'", "''", "'<f4 '", "'<f\\x34'", "'é'", "'<f44'");
DESCRS.push("[('a', '<f4'), ('b', '<i2')]", "('<f4', (2,))", "b'<f4'", "u'<f4'", "'<' 'f4'", "float");
const LITERALS = [
  "True",
  "False",
  "true",
  "1",
  "0",
  "None",
  "()",
  "(1,)",
  "[]",
  "{}",
  "''",
  "'x'",
  "((((((",
  "",
];
LITERALS.push("__import__('os')", "(1+1,)", "lambda: 0", "3", "(3)", "(3,,)", "(,)", "-1", "(-1,)", "(1.0,)");
const SHAPES = ["()", "(0,)", "(1,)", "(2, 3,)", "(0, 9007199254740991, 9007199254740991)", "(1, 1, 1)"];
SHAPES.push(
  "(9007199254740991,)",
  "(9007199254740992,)",
  "(94906266, 94906266, 8)",
  "(00,)",
  "(01,)",
  "(1e3,)",
);
SHAPES.push("(1_0,)", "(0x1,)", "(3L,)", "(3l,)", "(3LL,)", `(${"1, ".repeat(64)})`, `(${"1, ".repeat(65)})`);
SHAPES.push(`(${"9".repeat(400)},)`, "[2]", "2", "(True,)", "('2',)", "(2 3)");
const KEYS = ["'descr'", "'fortran_order'", "'shape'", "'Shape'", "''", "'x'", "shape", "1", "'__proto__'"];
const CHARACTERS = [
  "{",
  "}",
  "(",
  ")",
  "[",
  "]",
  ",",
  ":",
  "'",
  '"',
  "\\",
  "\n",
  "\t",
  "\r",
  " ",
  "#",
  "\0",
  "L",
];
CHARACTERS.push("é", "\u{1f600}", "\f", "\u00a0");

function draft(random: RandomState): Draft {
  const code = choose(random, CODES);
  const size = Number(code[1]);
  const descr = `${size === 1 ? choose(random, "|<>".split("")) : choose(random, ["<", ">"])}${code}`;
  const shape = Array.from({ length: random.randint(0, 5) }, () => random.randint(0, 4));
  const elements = shape.reduce((product, each) => product * each, 1);
  const quote = choose(random, ["'", '"']);
  const suffix = random.randint(0, 5) === 0 ? "L" : "";
  const comma = random.randint(0, 2) || shape.length === 1 ? "," : "";
  const tuple = shape.length ? `(${shape.map((each) => each + suffix).join(", ")}${comma})` : "()";
  const fields = [
    { key: `${quote}descr${quote}`, text: `${quote}${descr}${quote}` },
    { key: `${quote}fortran_order${quote}`, text: choose(random, ["True", "False"]) },
    { key: `${quote}shape${quote}`, text: tuple },
  ];
  if (random.randint(0, 2)) random.shuffle(fields);
  return {
    major: random.randint(1, 4),
    minor: 0,
    fields,
    spaces: choose(random, ["", " ", " ", "\n\t", "\r\n "]),
    head: choose(random, ["", "", " ", "\t\n"]),
    tail: `${choose(random, ["", ",", ", "])}}${" ".repeat(random.randint(0, 70))}\n`,
    length: 0,
    data: Array.from({ length: elements * size }, () => random.randint(0, 256)),
  };
}

/** Breaks one thing in the structure (or does nothing, if the thing is not there). */
const MUTATIONS: ((d: Draft, random: RandomState) => void)[] = [
  (d, random) => set(d, "descr", choose(random, DESCRS)),
  (d, random) => set(d, "descr", `'${choose(random, ["<", ">", "|", "=", ""])}${choose(random, CODES)}'`),
  (d, random) => set(d, "shape", choose(random, SHAPES)),
  (d, random) => set(d, "shape", choose(random, SHAPES)),
  (d, random) => set(d, choose(random, ["descr", "shape", "fortran_order"]), choose(random, LITERALS)),
  (d, random) => withField(d, random, (field) => (field.text = choose(random, LITERALS))),
  (d, random) => withField(d, random, (field) => (field.key = choose(random, KEYS))),
  (d, random) => withField(d, random, (field) => (field.text += choose(random, CHARACTERS))),
  (d, random) => withField(d, random, (field) => d.fields.splice(d.fields.indexOf(field), 1)),
  (d, random) => withField(d, random, (field) => d.fields.push({ ...field })),
  (d, random) => void d.fields.push({ key: choose(random, KEYS), text: choose(random, LITERALS) }),
  (d, random) => void (d.data.length = Math.max(0, d.data.length + random.randint(-9, 10))),
  (d, random) => void (d.data.length = Math.max(0, d.data.length + random.randint(-1, 2))),
  (d, random) => void (d.tail += choose(random, CHARACTERS)),
  (d, random) => void (d.tail = choose(random, ["}", "", "\n", "}}\n", "} {}\n", "}#\n"])),
  (d, random) => void (d.head += choose(random, CHARACTERS)),
  (d, random) => void (d.length = random.randint(-9, 10)),
  (d, random) => void (d.length = choose(random, [65_536, 1_000_000, 2 ** 31])),
  (d) => void (d.tail = `}${" ".repeat(10_000)}\n`),
  (d, random) => void (d.major = random.randint(0, 6)),
  (d, random) => void (d.minor = random.randint(0, 3)),
];

function set(d: Draft, key: string, text: string): void {
  for (const field of d.fields) if (field.key.includes(key)) field.text = text;
}

function withField(d: Draft, random: RandomState, change: (field: Draft["fields"][number]) => void): void {
  if (d.fields.length > 0) change(choose(random, d.fields));
}

function render({ major, minor, fields, spaces: s, head, tail, length, data }: Draft): number[] {
  const text = `${head}{${fields.map(({ key, text }) => `${s}${key}${s}:${s}${text}`).join(`${s},`)}${s}${tail}`;
  const header = new TextEncoder().encode(text);
  const size = header.length + length;
  const bytes = major === 1 ? 2 : 4;
  const prefix = Array.from({ length: bytes }, (_, i) => Math.floor(size / 256 ** i) & 255);
  return [
    0x93,
    ...Buffer.from("NUMPY"),
    major,
    minor,
    ...prefix,
    ...header,
    ...data.map((byte) => byte ?? 0),
  ];
}

/** A file that is right, or broken in a few places. */
export function generate(random: RandomState): { bytes: Uint8Array; intact: boolean } {
  const d = draft(random);
  const structural = [0, 1, 1, 1, 2, 3][random.randint(0, 6)] as number;
  for (let i = 0; i < structural; i++) choose(random, MUTATIONS)(d, random);
  const bytes = render(d);
  const rough = random.randint(0, 4) === 0 ? random.randint(1, 4) : 0;
  for (let i = 0; i < rough; i++) mutateBytes(bytes, random, 150, CHARACTERS);
  return { bytes: Uint8Array.from(bytes), intact: structural === 0 && rough === 0 };
}
