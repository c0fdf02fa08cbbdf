import { readNpy, readNpz, writeNpy } from "@unroll/io/numpy";
import type { ErrorCode } from "@unroll/kernels";
import { describe, expect, test } from "vitest";
import { thrown } from "./files.ts";
import { type Archive, archive, join, NONE, type Part, part, render } from "./zip.ts";

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

describe("an array: every rule, broken alone", () => {
  const GOOD = "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }";
  const SIZE = 24;

  /** A file of version 1.0 (or another) from its header and data. */
  function npy(
    header: string,
    data = SIZE,
    { version = [1, 0], length = header.length + 1 } = {},
  ): Uint8Array {
    const size =
      version[0] === 1 ? [length & 255, length >> 8] : [0, 8, 16, 24].map((bit) => (length >>> bit) & 255);
    return join(
      ascii("\x93NUMPY"),
      Uint8Array.from([...version, ...size]),
      ascii(`${header}\n`),
      new Uint8Array(data),
    );
  }

  test("the file that the cases break is accepted", () => {
    for (const version of [
      [1, 0],
      [2, 0],
      [3, 0],
    ])
      expect(readNpy(npy(GOOD, SIZE, { version })).shape).toEqual([3, 2]);
  });

  interface Case {
    readonly name: string;
    readonly bytes: Uint8Array;
    readonly rule: string;
    readonly offset: number;
    readonly code?: ErrorCode;
  }

  /** GOOD with a part replaced; the error must point at `at`, counted from the part, or where that text stands. */
  function broken(
    name: string,
    of: string,
    by: string,
    rule: string,
    at: number | string = 0,
    code?: ErrorCode,
  ): Case {
    const start = GOOD.indexOf(of);
    if (start < 0 || GOOD.indexOf(of, start + 1) >= 0) throw new Error(`${of} does not stand there once`);
    const header = GOOD.replace(of, () => by);
    const offset = 10 + (typeof at === "number" ? start + at : header.indexOf(at, start));
    return { name, bytes: npy(header), rule, offset, ...(code && { code }) };
  }
  const whole = (name: string, bytes: Uint8Array, rule: string, offset: number, code?: ErrorCode): Case => ({
    name,
    bytes,
    rule,
    offset,
    ...(code && { code }),
  });
  const changed = (place: number, byte: number): Uint8Array => {
    const bytes = npy(GOOD);
    bytes[place] = byte;
    return bytes;
  };
  const END = 10 + GOOD.length + 1;
  const huge = "9".repeat(400);

  const cases: Case[] = [
    whole("an empty file", NONE, "magic", 0),
    whole("another magic byte", changed(0, 0x92), "magic", 0),
    whole("a small n", changed(1, 0x6e), "magic", 0),
    whole("seven bytes", npy(GOOD).subarray(0, 7), "too-short", 7),
    whole("nine bytes", npy(GOOD).subarray(0, 9), "too-short", 9),
    whole("eleven bytes of version 2", npy(GOOD, 0, { version: [2, 0] }).subarray(0, 11), "too-short", 11),
    whole("version 0", changed(6, 0), "version", 6, "unsupported"),
    whole("version 4", changed(6, 4), "version", 6, "unsupported"),
    whole("version 1.1", changed(7, 1), "version", 6, "unsupported"),
    whole("a header past the end", npy(GOOD, 0, { length: GOOD.length + 2 }), "header-length", 8),
    whole("a length of 4 GB", npy(GOOD, 0, { version: [3, 0], length: 2 ** 32 - 1 }), "header-length", 8),
    whole("a header of 10,001 bytes", npy(GOOD.padEnd(10_000)), "header-limit", 8, "unsupported"),
    whole("no header", npy("", SIZE, { length: 0 }), "newline", 10),
    whole("no line feed", npy(GOOD, SIZE, { length: GOOD.length }), "newline", 9 + GOOD.length),
    whole(
      "not UTF-8, in version 3",
      npy(GOOD.replace("<f4", "<\xff4"), SIZE, { version: [3, 0] }),
      "utf-8",
      24,
    ),
    whole("a list", npy("['descr']"), "literal", 10),
    whole("nothing but spaces", npy("    "), "literal", 15),
    whole("code", npy("__import__('os').system('ls')"), "literal", 10),
    whole("deep nesting", npy("{".repeat(9000)), "literal", 11),
    broken("no quotes about a key", "'descr'", "descr", "literal"),
    broken("half a pair of quotes", "'shape'", "'shape\"", "literal"),
    broken("a string that does not end", "'<f4'", "'<f4\n", "literal"),
    broken("a backslash", "<f4", "\\x3cf4", "literal"),
    broken("no colon", "'descr':", "'descr'", "literal", 8),
    broken("no comma", "False,", "False", "literal", "'shape'"),
    broken("two commas", "False,", "False,,", "literal", 6),
    broken("something behind the dictionary", ", }", ", } 1", "literal", "1"),
    broken("a comment", ", }", ", } # x", "literal", "#"),
    broken("no brace at the end", " }", "", "literal", 1),
    broken("the key twice", "'fortran_order': False", "'descr': '<f4'", "duplicate-key"),
    broken("another key", "'shape'", "'Shape'", "unknown-key"),
    broken("one key more", " }", " 'x': 1}", "unknown-key", "'x'"),
    broken("no shape", "'shape': (3, 2), ", "", "missing-key", -41),
    broken("descr a number", "'<f4'", "4", "literal"),
    broken("fortran_order a number", "False", "0", "literal"),
    broken("fortran_order in small letters", "False", "false", "literal"),
    broken("shape a list", "(3, 2)", "[3, 2]", "literal"),
    broken("shape a number", "(3, 2)", "6", "literal"),
    broken("shape a number in parentheses", "(3, 2)", "(6)", "literal", ")"),
    broken("a shape of nothing but a comma", "(3, 2)", "(,)", "number", ","),
    broken("a shape without commas", "(3, 2)", "(3 2)", "literal", 3),
    broken("a nested shape", "(3, 2)", "((3, 2))", "number", 1),
    broken("a negative dimension", "(3, 2)", "(-3, -2)", "number", 1),
    broken("a fraction", "(3, 2)", "(3.0, 2)", "literal", ".0"),
    broken("a text as dimension", "(3, 2)", "('3', 2)", "number", 1),
    broken("a leading zero", "(3, 2)", "(03, 2)", "number", 1),
    broken("a dimension above 2^53 - 1", "(3, 2)", "(9007199254740992,)", "number", 1),
    broken("a dimension of 400 digits", "(3, 2)", `(${huge},)`, "number", 1),
    broken("65 dimensions", "(3, 2)", `(${"1,".repeat(65)})`, "rank", 1 + 2 * 64, "unsupported"),
    broken("objects", "<f4", "|O", "object", -1, "unsupported"),
    broken("fields", "'<f4'", "[('a', '<f4')]", "structured", 0, "unsupported"),
    broken("a type with a shape", "'<f4'", "('<f4', 2)", "structured", 0, "unsupported"),
    broken("strings", "<f4", "<U4", "dtype", -1, "unsupported"),
    broken("an unknown type", "<f4", "<q4", "dtype", -1, "unsupported"),
    broken("an empty type", "<f4", "", "dtype", -1, "unsupported"),
    broken("the byte order of some machine", "<f4", "=f4", "dtype", -1, "unsupported"),
    broken("no byte order", "<f4", "|f4", "dtype", -1, "unsupported"),
    whole("a byte less", npy(GOOD, SIZE - 1), "past-end", END),
    whole("a byte more", npy(GOOD, SIZE + 1), "bytes-left", END + SIZE),
    whole(
      "a shape that overflows",
      npy(GOOD.replace("(3, 2)", "(94906266, 94906266, 3)")),
      "past-end",
      END + 17,
    ),
    whole("sizes that overflow", npy(GOOD.replace("(3, 2)", "(9007199254740991,)")), "past-end", END + 13),
  ];
  test.each(cases)("$name: $rule", ({ bytes, rule, offset, code = "format" }) => {
    const error = thrown(() => readNpy(bytes));
    expect(error).toMatchObject({ code, details: { rule, where: "readNpy", offset } });
    expect(error.message).toMatch(new RegExp(`^readNpy: .* \\(at byte ${offset}\\)$`, "s"));
  });
});

describe("an archive: every rule, broken alone", () => {
  const A = writeNpy({ dtype: "F32", shape: [3], data: Float32Array.of(1, 2, 3) });
  const B = writeNpy({ dtype: "I8", shape: [200], data: new Int8Array(200).fill(7) });
  const good = (): Archive => archive([part("a.npy", A), part("b.npy", B, true)]);

  test("the archive that the cases break is accepted, and so are its other spellings", async () => {
    const spellings: ((a: Archive) => unknown)[] = [
      () => {},
      (a) => a.order.reverse(),
      (a) => (a.zip64 = true),
      (a) => a.parts.map((each) => (each.zip64 = { local: true, central: true })),
      (a) => (a.parts[0]!.zip64.local = true),
      (a) =>
        (a.parts[0]!.extra = { local: Uint8Array.of(9, 9, 0, 0), central: Uint8Array.of(7, 7, 1, 0, 1) }),
      (a) => (a.parts[0]!.comment = ascii("mine")),
      (a) => a.parts.map((each) => (each.flags = 0b110 | (1 << 11))),
    ];
    for (const change of spellings) {
      const file = good();
      change(file);
      const tensors = await readNpz(render(file).bytes);
      expect([...tensors.keys()].sort()).toEqual(["a", "b"]);
      expect([...(tensors.get("a")!.data as Float32Array)]).toEqual([1, 2, 3]);
      expect(tensors.get("b")!.data).toEqual(new Int8Array(200).fill(7));
    }
  });

  type Rendered = ReturnType<typeof render>;
  type Case = [
    name: string,
    change: (a: Archive, b: Part, first: Part) => unknown,
    rule: string,
    offset: (at: Rendered) => number,
    code?: ErrorCode,
  ];
  const central =
    (i: number, field = 0) =>
    (at: Rendered) =>
      at.centrals[i]! + field;
  const local =
    (i: number, field = 0) =>
    (at: Rendered) =>
      at.locals[i]! + field;
  const end =
    (field = 0) =>
    (at: Rendered) =>
      at.endRecord + field;
  const last = (back: number) => (at: Rendered) => at.bytes.length - back;
  const data = (i: number) => local(i, 30 + 5);
  const twoZip64 = Uint8Array.from([1, 0, 0, 0, 1, 0, 0, 0]);

  const cases: Case[] = [
    // the end record and the directory
    ["bytes at the end", (a) => (a.behind = Uint8Array.of(0)), "end-record", last(22)],
    ["another signature", (a) => (a.end.signature = 0x06054b51), "end-record", end()],
    ["a comment that is not there", (a) => (a.end.commentLength = 1), "end-record", end()],
    [
      "a comment",
      (a) => {
        a.end.commentLength = 3;
        a.behind = ascii("abc");
      },
      "comment",
      end(3),
      "unsupported",
    ],
    ["several disks", (a) => (a.end.disk = 1), "disks", end(4), "unsupported"],
    ["a directory on another disk", (a) => (a.end.startDisk = 1), "disks", end(4), "unsupported"],
    ["fewer entries on this disk", (a) => (a.end.countHere = 1), "disks", end(4), "unsupported"],
    ["an entry too many", (a) => (a.end = { count: 3, countHere: 3 }), "directory", end()],
    ["an entry too few", (a) => (a.end = { count: 1, countHere: 1 }), "directory", central(1)],
    ["a directory that begins too early", (a) => (a.end.start = 3), "directory", end()],
    ["a directory that is too long", (a) => (a.end.size = 9999), "directory", end()],
    ["bytes behind the directory", (a) => (a.behindDirectory = Uint8Array.of(0)), "directory", end()],
    ["another signature of an entry", (_, b) => (b.centralSignature = 0), "directory", central(1)],
    ["an entry on another disk", (_, b) => (b.disk = 1), "disks", central(1, 34), "unsupported"],
    ["an entry that ends after the directory", (_, b) => (b.commentMore = 1), "directory", central(1)],
    // ZIP64
    [
      "no record before its locator",
      (a) => Object.assign(a, { zip64: true, end64: { signature: 0 } }),
      "end-record",
      last(42),
    ],
    [
      "a locator that points elsewhere",
      (a) => Object.assign(a, { zip64: true, end64: { locator: 8 } }),
      "end-record",
      last(42),
    ],
    [
      "a longer record",
      (a) => Object.assign(a, { zip64: true, end64: { recordSize: 45 } }),
      "end-record",
      last(94),
      "unsupported",
    ],
    [
      "several disks",
      (a) => Object.assign(a, { zip64: true, end64: { disks: 2 } }),
      "disks",
      last(82),
      "unsupported",
    ],
    [
      "a locator on another disk",
      (a) => Object.assign(a, { zip64: true, end64: { locatorDisk: 1 } }),
      "disks",
      last(82),
      "unsupported",
    ],
    [
      "fewer entries on this disk",
      (a) => Object.assign(a, { zip64: true, end64: { countHere: 1 } }),
      "disks",
      last(82),
      "unsupported",
    ],
    [
      "a start that a double rounds",
      (a) => Object.assign(a, { zip64: true, end64: { start: 2 ** 60 } }),
      "directory",
      end(),
    ],
    [
      "2^60 entries",
      (a) => Object.assign(a, { zip64: true, end64: { count: 2 ** 60, countHere: 2 ** 60 } }),
      "directory",
      last(98),
    ],
    [
      "a ZIP64 field that is too short",
      (_, b) => {
        b.compressedSize = 0xffffffff;
        b.extra.central = Uint8Array.of(1, 0, 0, 0);
      },
      "zip64",
      central(1, 46 + 5 + 4),
    ],
    [
      "a size above 2^53 - 1",
      (_, b) => {
        b.zip64.central = true;
        b.size = 2 ** 60;
      },
      "size",
      central(1, 46 + 5 + 4),
    ],
    ["two ZIP64 fields", (_, b) => (b.extra.central = twoZip64), "extra", central(1, 46 + 5 + 4)],
    [
      "an extra field past its end",
      (_, b) => (b.extra.central = Uint8Array.of(9, 9, 1, 0)),
      "extra",
      central(1, 51),
    ],
    ["half an extra field", (_, b) => (b.extra.local = Uint8Array.of(9, 9, 1)), "extra", local(1, 35)],
    // members
    ["encryption", (_, b) => (b.flags = 1), "encryption", central(1, 8), "unsupported"],
    ["strong encryption", (_, b) => (b.flags = 64), "flags", central(1, 8), "unsupported"],
    ["sizes behind the data", (_, b) => (b.flags = 8), "data-descriptor", central(1, 8), "unsupported"],
    ["method 9", (_, b) => (b.method = 9), "method", central(1, 10), "unsupported"],
    [
      "a name in a code page",
      (_, b) => (b.name = Uint8Array.of(0x81, ...ascii(".npy"))),
      "encoding",
      central(1, 46),
      "unsupported",
    ],
    [
      "a name that is not UTF-8",
      (_, b) => Object.assign(b, { name: Uint8Array.of(0x81, ...ascii(".npy")), flags: 1 << 11 }),
      "utf-8",
      central(1, 46),
    ],
    ["another kind of member", (_, b) => (b.name = ascii("b.npx")), "member", central(1), "unsupported"],
    ["the name twice", (_, b) => (b.name = ascii("a.npy")), "duplicate-name", central(1)],
    ["two sizes of stored data", (_, __, a) => (a.size += 1), "size", central(0, 20)],
    ["bytes before the first member", (a) => (a.before = Uint8Array.of(0)), "hole", central(0)],
    ["bytes between members", (_, __, a) => (a.gap = Uint8Array.of(0)), "hole", central(1)],
    [
      "bytes behind the last member",
      (_, b) => (b.gap = Uint8Array.of(0)),
      "hole",
      (at) => at.centrals[0]! - 1,
    ],
    ["members that overlap", (_, b) => (b.shift = -1), "overlap", central(1)],
    ["one member for two entries", (a, b) => (b.shift = -render(a).locals[1]!), "overlap", central(1)],
    ["another signature of a member", (_, b) => (b.localSignature = 0), "local-header", local(1)],
    ["a member past the directory", (_, b) => (b.compressedSize += 1), "past-end", central(1)],
    ["another CRC in its own header", (_, b) => (b.local.crc = 1), "headers-differ", local(1, 14)],
    ["other flags in its own header", (_, b) => (b.local.flags = 2), "headers-differ", local(1, 6)],
    ["another method in its own header", (_, b) => (b.local.method = 0), "headers-differ", local(1, 8)],
    [
      "another name in its own header",
      (_, b) => (b.local.name = ascii("c.npy")),
      "headers-differ",
      local(1, 30),
    ],
    [
      "a longer name in its own header",
      (_, b) => (b.local.name = ascii("b.npy ")),
      "headers-differ",
      local(1, 30),
    ],
    ["another size in its own header", (_, b) => (b.local.size = 1), "headers-differ", local(1, 18)],
    [
      "another compressed size in its own header",
      (_, b) => (b.local.compressedSize = 1),
      "headers-differ",
      local(1, 18),
    ],
    // data
    ["another CRC", (_, __, a) => (a.crc ^= 1), "crc", data(0)],
    [
      "a bit of the data",
      (_, __, a) => (a.data = a.data.map((byte, i) => (i === 130 ? byte ^ 1 : byte))),
      "crc",
      data(0),
    ],
    ["another CRC of inflated data", (_, b) => (b.crc ^= 1), "crc", data(1)],
    ["no deflate data", (_, b) => (b.data = b.data.map(() => 0xff)), "deflate", data(1)],
    ["deflate data that ends early", (_, b) => resized(b, b.data.subarray(0, -1)), "deflate", data(1)],
    [
      "a byte behind the deflate data",
      (_, b) => resized(b, join(b.data, Uint8Array.of(0))),
      "deflate",
      data(1),
    ],
    ["no data at all", (_, b) => resized(b, NONE), "deflate", data(1)],
    ["more than it declares", (_, b) => (b.size -= 1), "deflate", data(1)],
    ["less than it declares", (_, b) => (b.size += 1), "deflate", data(1)],
    ["a bomb that says so", (_, b) => (b.size = 2e9), "inflation-limit", central(1), "unsupported"],
    [
      "an array with a fault",
      (a) => (a.parts[0] = part("a.npy", A.subarray(0, -1))),
      "past-end",
      local(0, 35 + 128),
    ],
    [
      "an inflated array with a fault",
      (a) => (a.parts[1] = part("b.npy", B.subarray(0, -1), true)),
      "past-end",
      data(1),
    ],
    [
      "a pickle",
      (a) => (a.parts[0] = part("a.npy", ascii(Buffer.from(A).toString("latin1").replace("<f4", "|O4")))),
      "object",
      local(0, 35 + 20),
      "unsupported",
    ],
  ];

  function resized(b: Part, data: Uint8Array): void {
    b.data = data;
    b.compressedSize = data.length;
  }

  test.each(cases)("%s: %s", async (_, change, rule, offset, code = "format") => {
    const file = good();
    change(file, file.parts[1]!, file.parts[0]!);
    const at = render(file);
    const error = await readNpz(at.bytes).catch((reason: unknown) => reason as Error);
    expect(error).toMatchObject({ code, details: { rule, where: "readNpz" } });
    expect(error).toMatchObject({ details: { offset: offset(at) } });
  });

  test("cut anywhere, it is refused", async () => {
    const { bytes } = render(good());
    for (let length = 0; length < bytes.length; length++)
      await expect(readNpz(bytes.subarray(0, length))).rejects.toMatchObject({ code: "format" });
  });

  test("a bomb that does not say so is stopped where it passes its size", async () => {
    const bomb = part("b.npy", new Uint8Array(50_000_000), true);
    bomb.size = 1000;
    const { bytes } = render(archive([bomb]));
    const before = process.memoryUsage().arrayBuffers;
    await expect(readNpz(bytes)).rejects.toMatchObject({ details: { rule: "deflate" } });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 * bytes.length + 2 ** 20);
  });
});
