import { readSafetensors, UnsupportedError } from "@unroll/io";
import { type ErrorCode, FormatError, OptionError, ValueError } from "@unroll/kernels";
import { describe, expect, test } from "vitest";
import { file, thrown } from "./files.ts";
import { SAFETENSORS_RULES } from "./safetensors-rules.ts";

/** A right file, which each case breaks in one place. */
const GOOD =
  '{"__metadata__":{"a":"b"},"x":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"y":{"dtype":"U8","shape":[3],"data_offsets":[16,19]}}';
const SIZE = 19;

test("the file that the cases break is accepted", () => {
  expect(readSafetensors(file(GOOD, SIZE)).tensors.size).toBe(2);
});

interface Case {
  name: string;
  bytes: Uint8Array;
  rule: string;
  /** Where the error must point. */
  offset: number;
  code?: ErrorCode;
}

/**
 * GOOD with a part replaced. The error must point at `at`: text looked for from the replaced part on, then from the
 * beginning, or so many bytes after the beginning of the part.
 */
function broken(
  name: string,
  part: string,
  by: string,
  rule: string,
  at: string | number = 0,
  code?: ErrorCode,
): Case {
  const start = GOOD.indexOf(part);
  if (start < 0 || GOOD.indexOf(part, start + 1) >= 0) throw new Error(`${part} does not stand there once`);
  const header = GOOD.replace(part, () => by);
  const after = typeof at === "number" ? start + at : header.indexOf(at, start);
  const offset = 8 + (after >= 0 ? after : header.indexOf(at as string));
  return { name, bytes: file(header, SIZE), rule, offset, ...(code && { code }) };
}

function whole(name: string, bytes: Uint8Array, rule: string, offset: number, code?: ErrorCode): Case {
  return { name, bytes, rule, offset, ...(code && { code }) };
}

function inserted(header: string, position: number, ...bytes: number[]): Uint8Array {
  const text = new TextEncoder().encode(header);
  return Uint8Array.of(...text.subarray(0, position), ...bytes, ...text.subarray(position));
}

const X = '"x":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}';
const deep = 200_000;

const cases: Case[] = [
  // the length of the header
  whole("an empty file", new Uint8Array(0), "too-short", 0),
  whole("seven bytes", new Uint8Array(7), "too-short", 7),
  whole("a header past the end by one", file(GOOD, 0, BigInt(GOOD.length + 1)), "header-length", 0),
  whole("a header above the format's limit", file(GOOD, SIZE, 100_000_001n), "header-length", 0),
  whole(
    "a length whose low half is right",
    file(GOOD, SIZE, (1n << 32n) + BigInt(GOOD.length)),
    "header-length",
    0,
  ),
  whole("a length whose high half wraps", file(GOOD, SIZE, 2n ** 64n - 1n), "header-length", 0),
  whole("a length that a double rounds", file(GOOD, SIZE, 2n ** 53n + 1n), "header-length", 0),
  whole("a header above our limit", file(" ".repeat(10_000_001)), "header-limit", 0, "unsupported"),
  whole("no header", file("", 0), "header-start", 8),
  // its text
  whole("a byte order mark", file(`\ufeff${GOOD}`, SIZE), "byte-order-mark", 8),
  whole("a space before {", file(` ${GOOD}`, SIZE), "header-start", 8),
  whole("an array", file("[]"), "header-start", 8),
  whole("a lone continuation byte", file(inserted(GOOD, 20, 0x80), SIZE), "utf-8", 28),
  whole("an overlong form", file(inserted(GOOD, 20, 0xc0, 0xaf), SIZE), "utf-8", 28),
  whole("an overlong form of three bytes", file(inserted(GOOD, 20, 0xe0, 0x9f, 0xbf), SIZE), "utf-8", 28),
  whole("a surrogate in UTF-8", file(inserted(GOOD, 20, 0xed, 0xa0, 0x80), SIZE), "utf-8", 28),
  whole("a code point past U+10FFFF", file(inserted(GOOD, 20, 0xf4, 0x90, 0x80, 0x80), SIZE), "utf-8", 28),
  whole(
    "a sequence that the header cuts",
    file(inserted(GOOD, GOOD.length, 0xe2, 0x82), SIZE),
    "utf-8",
    8 + GOOD.length,
  ),
  whole("padding with zeros", file(`${GOOD}\0\0`, SIZE), "padding", 8 + GOOD.length),
  whole("padding with line feeds", file(`${GOOD}  \n`, SIZE), "padding", 8 + GOOD.length + 2),
  whole("a second value after the first", file(`${GOOD}{}`, SIZE), "padding", 8 + GOOD.length),
  // JSON
  whole("an object that does not end", file(GOOD.slice(0, -1), SIZE), "json", 8 + GOOD.length - 1),
  whole("a string that does not end", file('{"a', 0), "json", 11),
  whole("an escape that does not end", file('{"a\\', 0), "json", 11),
  whole("an escape \\u that does not end", file('{"\\u00', 0), "json", 10),
  broken("a comma too many", ',"y"', ',,"y"', "json", ',"y"'),
  broken("a comma at the end", "[16,19]}}", "[16,19]},}", "json", 9),
  broken("a comma at the end of a list", "[3]", "[3,]", "json", "]"),
  broken("a missing comma", '},"x"', '}"x"', "json", '"x"'),
  broken("a missing comma in a list", "[2,2]", "[2 2]", "json", "2]"),
  broken("a missing colon", '"x":', '"x"', "json", '{"dtype":"F32"'),
  broken("a bare key", '"y"', "y", "json"),
  broken("single quotes", '"y"', "'y'", "json"),
  broken("a comment", '"y"', '/**/"y"', "json"),
  broken("an unknown escape", '"a"', '"\\a"', "json", "\\a"),
  broken("a hexadecimal escape cut short", '"a"', '"\\u12g4"', "json", "\\u12"),
  broken("half a surrogate pair", '"b"', '"\\ud83d"', "surrogate", "\\ud83d"),
  broken("the second half alone", '"b"', '"\\ude00"', "surrogate", "\\ude00"),
  broken("two first halves", '"b"', '"\\ud83d\\ud83d"', "surrogate", "\\ud83d"),
  broken("a control character in a string", '"b"', '"\u0001"', "json", "\u0001"),
  // keys
  broken("a tensor twice", '"y":', '"x":', "duplicate-key", '"x":{"dtype":"U8"'),
  broken("a tensor twice, once escaped", '"y":', '"\\u0078":', "duplicate-key"),
  broken(
    "a dtype twice",
    '"dtype":"U8"',
    '"dtype":"U8","dtype":"U8"',
    "duplicate-key",
    '"dtype":"U8","shape"',
  ),
  broken(
    "a shape twice, once escaped",
    '"shape":[3]',
    '"shape":[3],"sh\\u0061pe":[3]',
    "duplicate-key",
    '"sh\\u',
  ),
  broken(
    "data_offsets twice",
    "[16,19]}",
    '[16,19],"data_offsets":[16,19]}',
    "duplicate-key",
    '"data_offsets":[16,19]}',
  ),
  broken("a key of the metadata twice", '{"a":"b"}', '{"a":"b","\\u0061":"c"}', "duplicate-key", '"\\u0061"'),
  broken("__metadata__ twice", '"y":', '"__metadata__":{},"y":', "duplicate-key"),
  broken("no dtype", '"dtype":"U8",', "", "missing-key", '"y"'),
  broken("no shape", '"shape":[3],', "", "missing-key", '"y"'),
  broken("no data_offsets", ',"data_offsets":[16,19]', "", "missing-key", '"y"'),
  broken("nothing of a tensor", X, '"x":{}', "missing-key"),
  broken(
    "a key that we do not know",
    '"shape":[3]',
    '"shape":[3],"strides":[1]',
    "unknown-key",
    '"strides"',
    "unsupported",
  ),
  broken(
    "deep nesting where we do not look",
    '"shape":[3]',
    `"z":${"[".repeat(deep)}`,
    "unknown-key",
    '"z"',
    "unsupported",
  ),
  // types
  broken("an unknown dtype", '"U8"', '"F12"', "dtype", '"F12"', "unsupported"),
  broken("a dtype in small letters", '"U8"', '"u8"', "dtype", '"u8"', "unsupported"),
  broken("a dtype that Object has", '"U8"', '"constructor"', "dtype", '"constructor"', "unsupported"),
  broken("elements of half a byte", '"U8"', '"F4"', "dtype", '"F4"', "unsupported"),
  broken("a dtype that is a number", '"U8"', "8", "type"),
  broken("a dtype that is null", '"U8"', "null", "type"),
  broken("a shape that is a number", "[3]", "3", "type", "3,"),
  broken("a shape that is an object", "[3]", "{}", "type"),
  broken("a shape with a string", "[3]", '["3"]', "type", '"3"'),
  broken("a shape with true", "[3]", "[true]", "type", "true"),
  broken("a shape with a list", "[3]", "[[3]]", "type", "[3]"),
  broken("a shape as deep as a stack", "[3]", "[".repeat(deep), "type", 1),
  broken("data_offsets as a string", "[16,19]", '"16,19"', "type"),
  broken("one number in data_offsets", "[16,19]", "[16]", "type"),
  broken("no number in data_offsets", "[16,19]", "[]", "type"),
  broken("three numbers in data_offsets", "[16,19]", "[16,19,19]", "type", "19]"),
  broken("a tensor that is a list", X, '"x":[]', "type", "[]"),
  broken("a tensor that is a string", X, '"x":"F32"', "type", '"F32"'),
  broken("metadata that is a list", '{"a":"b"}', "[]", "type", "[]"),
  broken("metadata that is null", '{"a":"b"}', "null", "type"),
  broken("metadata with a number", '"b"', "1", "type"),
  broken("metadata with an object", '"b"', '{"c":"d"}', "type"),
  broken("metadata as deep as a stack", '"b"', '{"b":'.repeat(deep), "type"),
  // numbers
  ...["-3", "-0", "3.0", "3e0", "03", "00", "3.5", "9007199254740992", "18446744073709551616", "1e309"].map(
    (size) => broken(`the dimension ${size}`, "[3]", `[${size}]`, "number", size),
  ),
  broken("a dimension of a thousand digits", "[3]", `[${"9".repeat(1000)}]`, "number", "9".repeat(1000)),
  broken("+3", "[3]", "[+3]", "json", "+3"),
  broken("NaN", "[3]", "[NaN]", "json", "NaN"),
  broken("a negative begin", "[16,19]", "[-16,19]", "number", "-16"),
  broken("65 dimensions", "[3]", `[3${",1".repeat(64)}]`, "rank", "1],", "unsupported"),
  // sizes and places
  broken("begin after end", "[16,19]", "[19,16]", "offsets"),
  broken("a size too small for the shape", "[3]", "[2]", "size", "[16,19]"),
  broken("a size too large for the shape", "[3]", "[4]", "size", "[16,19]"),
  broken("bytes for a tensor without elements", "[3]", "[3,0]", "size", "[16,19]"),
  broken(
    "no bytes for a scalar",
    '[3],"data_offsets":[16,19]',
    '[],"data_offsets":[16,16]',
    "size",
    "[16,16]",
  ),
  broken("elements of another size", '"U8"', '"I16"', "size", "[16,19]"),
  broken("a product above 2^53", "[3]", "[9007199254740991,2]", "size", '"y"'),
  broken("a product of 2^64 that wraps to 0", "[3]", "[4294967296,4294967296]", "size", '"y"'),
  broken(
    "bytes above 2^53 although the elements are not",
    '"U8","shape":[3]',
    '"U64","shape":[4503599627370496]',
    "size",
    '"y"',
  ),
  broken(
    "the same place twice",
    '[3],"data_offsets":[16,19]',
    '[16],"data_offsets":[0,16]',
    "overlap",
    '"y"',
  ),
  broken(
    "an overlap by one byte",
    '[3],"data_offsets":[16,19]',
    '[4],"data_offsets":[15,19]',
    "overlap",
    '"y"',
  ),
  broken(
    "an empty tensor inside another",
    '[3],"data_offsets":[16,19]',
    '[0],"data_offsets":[4,4]',
    "overlap",
    '"y"',
  ),
  broken("a hole", '[3],"data_offsets":[16,19]', '[2],"data_offsets":[17,19]', "hole", '"y"'),
  broken(
    "a hole at the beginning",
    '"F32","shape":[2,2],"data_offsets":[0,16]',
    '"U8","shape":[15],"data_offsets":[1,16]',
    "hole",
    '"x"',
  ),
  broken(
    "an end past the file",
    '[3],"data_offsets":[16,19]',
    '[4],"data_offsets":[16,20]',
    "past-end",
    '"y"',
  ),
  broken("a byte left over", '[3],"data_offsets":[16,19]', '[2],"data_offsets":[16,18]', "bytes-left", "\0"),
  whole("data without tensors", file("{}", 1), "bytes-left", 10),
];
// The byte left over stands after the header.
const left = cases.find((each) => each.name === "a byte left over")!;
left.offset = left.bytes.length - 1;

describe("one rule broken at a time", () => {
  test.each(cases)("$name: $rule", ({ bytes, rule, offset, code = "format" }) => {
    const error = thrown(() => readSafetensors(bytes));
    expect({ code: error.code, rule: error.details?.rule, offset: error.details?.offset }).toEqual({
      code,
      rule,
      offset,
    });
    expect(error).toBeInstanceOf(code === "format" ? FormatError : UnsupportedError);
    expect(error.message).toMatch(/^readSafetensors: .* \(at byte \d+\)$/);
    expect(error.message.length).toBeLessThan(400);
  });

  test("every rule is in the list", () => {
    expect([...new Set(cases.map((each) => each.rule))].sort()).toEqual(SAFETENSORS_RULES);
  });

  test("every file that ends too soon is refused", () => {
    const bytes = file(GOOD, SIZE);
    for (let length = 0; length < bytes.length; length++)
      expect(thrown(() => readSafetensors(bytes.slice(0, length))).code).toBe("format");
  });
});

test("arguments that are none", () => {
  expect(() => readSafetensors("{}" as never)).toThrow(ValueError);
  expect(() => readSafetensors(new ArrayBuffer(8) as never)).toThrow(
    "bytes is ArrayBuffer, expected a Uint8Array",
  );
  for (const maxHeaderBytes of [1, 100_000_001, 2.5, Number.NaN])
    expect(() => readSafetensors(file("{}"), { maxHeaderBytes })).toThrow(OptionError);
  expect(() => readSafetensors(file("{}"), { maxHeader: 2 } as object)).toThrow("option maxHeader is 2");
});
