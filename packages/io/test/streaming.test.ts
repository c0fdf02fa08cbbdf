import { readFileSync } from "node:fs";
import {
  type ByteSource,
  blobSource,
  openSafetensors,
  readSafetensors,
  type SafetensorsFile,
  streamSafetensors,
  type Tensor,
  writeSafetensors,
} from "@unroll/io";
import { UnrollError } from "@unroll/kernels";
import { RandomState } from "@unroll/linalg";
import { describe, expect, test } from "vitest";
import { file } from "./files.ts";
import { generate } from "./fuzz/safetensors/generate.ts";

const fixture = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(new URL(`fixtures/${name}.safetensors`, import.meta.url)));

/** Pieces of `size` bytes, an empty one now and then. */
async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array, void, void> {
  for (let at = 0; at < bytes.length; at += size) {
    yield bytes.subarray(at, at + size);
    if (at % 3 === 0) yield new Uint8Array(0);
  }
}

const source = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  read: async (begin, end) => bytes.slice(begin, end),
});

async function opened(from: ByteSource): Promise<SafetensorsFile> {
  const { metadata, places, read } = await openSafetensors(from);
  const tensors = new Map<string, Tensor>();
  for (const name of places.keys()) tensors.set(name, await read(name));
  return { metadata: new Map(metadata), tensors };
}

async function streamed(from: Parameters<typeof streamSafetensors>[0]): Promise<SafetensorsFile> {
  const stream = await streamSafetensors(from);
  const tensors = new Map<string, Tensor>();
  for await (const [name, tensor] of stream) tensors.set(name, tensor);
  // In the order of the header, as the other readers have it.
  const ordered = new Map([...stream.places.keys()].map((name) => [name, tensors.get(name)!]));
  return { metadata: new Map(stream.metadata), tensors: ordered };
}

/** What the bits are: a Map of typed arrays compares NaN by value. */
function bits({ metadata, tensors }: SafetensorsFile): unknown {
  const list = [...tensors].map(([name, { dtype, shape, data }]) => {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    return [name, dtype, shape, Buffer.from(bytes).toString("hex")];
  });
  return [[...metadata], list];
}

describe.each(["canonical", "loose"])("%s", (name) => {
  const bytes = fixture(name);
  const expected = bits(readSafetensors(bytes));

  test("a Blob, range by range", async () => {
    expect(bits(await opened(blobSource(new Blob([bytes]))))).toEqual(expected);
  });

  test("a stream, whatever its pieces", async () => {
    for (const size of [1, 7, 64, 5000]) expect(bits(await streamed(pieces(bytes, size)))).toEqual(expected);
    expect(bits(await streamed(new Blob([bytes]).stream()))).toEqual(expected);
  });
});

test("the readers agree on 3,000 broken and whole files", async () => {
  const random = new RandomState(4);
  const outcomes = { read: 0, refused: 0 };
  for (let i = 0; i < 3000; i++) {
    const { bytes } = generate(random);
    const outcome = async (read: () => unknown): Promise<unknown> => {
      try {
        return bits((await read()) as SafetensorsFile);
      } catch (error) {
        if (!UnrollError.is(error)) throw error;
        const { rule, offset } = error.details as { rule: string; offset: number };
        expect(offset).toBeLessThanOrEqual(bytes.length);
        return rule;
      }
    };
    const whole = await outcome(() => readSafetensors(bytes));
    expect(await outcome(() => opened(source(bytes)))).toEqual(whole);
    const stream = await outcome(() => streamed(pieces(bytes, 1 + (i % 50))));
    // A stream learns only at its end how long it is, so of two faults it may name the other one.
    if (typeof whole === "string") expect(typeof stream).toBe("string");
    else expect(stream).toEqual(whole);
    outcomes[typeof whole === "string" ? "refused" : "read"]++;
  }
  expect(outcomes.read).toBeGreaterThan(300);
  expect(outcomes.refused).toBeGreaterThan(1000);
});

describe("a source", () => {
  test("of a terabyte is asked for the header and what is wanted, and no more", async () => {
    const size = 2 ** 40;
    const header = `{"all":{"dtype":"U8","shape":[${size - 8 - 192 - 4}],"data_offsets":[4,${size - 8 - 192}]},"few":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}`;
    const start = file(header.padEnd(192), Uint8Array.of(0, 0, 128, 63));
    const asked: [number, number][] = [];
    const huge: ByteSource = {
      size,
      async read(begin, end) {
        asked.push([begin, end]);
        const bytes = new Uint8Array(end - begin);
        bytes.set(start.subarray(begin, end));
        return bytes;
      },
    };
    const { read, places } = await openSafetensors(huge);
    expect(places.get("all")).toEqual({ dtype: "U8", shape: [size - 204], begin: 204, end: size });
    expect([...((await read("few")).data as Float32Array)]).toEqual([1]);
    expect(asked).toEqual([
      [0, 16384],
      [200, 204],
    ]);
  });

  test("with a long header is asked twice", async () => {
    const metadata = { text: "x".repeat(20_000) };
    const bytes = writeSafetensors({ a: { dtype: "U8", shape: [1], data: Uint8Array.of(7) } }, metadata);
    const file = await opened(source(bytes));
    expect(bits(file)).toEqual(bits(readSafetensors(bytes)));
  });

  test("that gives another number of bytes is found out", async () => {
    const bytes = fixture("canonical");
    const short: ByteSource = { size: bytes.length, read: async (begin, end) => bytes.slice(begin, end - 1) };
    await expect(openSafetensors(short)).rejects.toThrow(
      `openSafetensors: what source.read(0, ${bytes.length}) gave is ${bytes.length - 1}, expected ${bytes.length} bytes`,
    );
    const nothing = { size: 100, read: async () => undefined as never };
    await expect(openSafetensors(nothing)).rejects.toThrow("expected 100 bytes");
    await expect(openSafetensors({ size: -1, read: nothing.read })).rejects.toThrow("source.size is -1");
  });

  test("is asked for tensors that it has", async () => {
    const { read } = await openSafetensors(source(fixture("canonical")));
    await expect(read("__proto__")).resolves.toMatchObject({ dtype: "U8" });
    await expect(read("other")).rejects.toThrow(
      'openSafetensors: name of a tensor is "other", expected one of the file\'s',
    );
  });

  test("takes the options of readSafetensors", async () => {
    const bytes = fixture("canonical");
    for (const open of [
      openSafetensors(source(bytes), { maxHeaderBytes: 9 }),
      streamSafetensors(pieces(bytes, 9), { maxHeaderBytes: 9 }),
    ])
      await expect(open).rejects.toMatchObject({ code: "unsupported", details: { rule: "header-limit" } });
    await expect(openSafetensors(source(bytes), { header: 1 } as object)).rejects.toThrow("no such option");
  });
});

describe("a stream", () => {
  const two = writeSafetensors({
    a: { dtype: "F64", shape: [2], data: Float64Array.of(1, 2) },
    b: { dtype: "F32", shape: [2], data: Float32Array.of(3, 4) },
  });
  const watched = (bytes: Uint8Array, size: number) => {
    const seen = { taken: 0, cancelled: false };
    const stream = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (seen.taken >= bytes.length) return controller.close();
          controller.enqueue(bytes.slice(seen.taken, seen.taken + size));
          seen.taken += size;
        },
        cancel: () => void (seen.cancelled = true),
      },
      { highWaterMark: 0 },
    );
    return { seen, stream };
  };

  test("gives a tensor as soon as it has come, and leaving the loop cancels the rest", async () => {
    const { seen, stream } = watched(two, 4);
    for await (const [name, { data }] of await streamSafetensors(stream)) {
      expect([name, ...(data as Float64Array)]).toEqual(["a", 1, 2]);
      break;
    }
    expect(seen).toEqual({ taken: two.length - 8, cancelled: true });
  });

  test("can be cancelled after its header", async () => {
    const { seen, stream } = watched(two, 4);
    const file = await streamSafetensors(stream);
    expect([...file.places.keys()]).toEqual(["a", "b"]);
    await file.cancel();
    expect(seen.cancelled).toBe(true);
  });

  test("is cancelled when its header is refused, before more is taken", async () => {
    const { seen, stream } = watched(file(" {}", 1e6), 4);
    await expect(streamSafetensors(stream)).rejects.toMatchObject({ details: { rule: "header-start" } });
    expect(seen.cancelled).toBe(true);
    expect(seen.taken).toBeLessThan(20);
  });

  test("comes once", async () => {
    const stream = await streamSafetensors(pieces(two, 9));
    for await (const _ of stream);
    await expect(stream[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: "state" });
  });

  test("that ends early or late is refused, at the place where it does", async () => {
    const rules = async (bytes: Uint8Array): Promise<unknown> => {
      try {
        await streamed(pieces(bytes, 5));
      } catch (error) {
        const { rule, offset } = (error as UnrollError).details;
        return [rule, offset];
      }
      return "read";
    };
    const longer = new Uint8Array([...two, 0]);
    expect(await rules(longer)).toEqual(["bytes-left", two.length]);
    expect(await rules(two.subarray(0, -1))).toEqual(["past-end", 63]);
    expect(new TextDecoder().decode(two.subarray(63, 66))).toBe('"b"');
    expect(await rules(two.subarray(0, 20))).toEqual(["header-length", 0]);
    expect(await rules(two.subarray(0, 7))).toEqual(["too-short", 7]);
  });

  test("of a header that never comes makes no room for it", async () => {
    const before = process.memoryUsage().arrayBuffers;
    for (let i = 0; i < 100; i++)
      await expect(streamSafetensors(pieces(file("{", 0, 9_000_000n), 4))).rejects.toThrow("9000000 bytes");
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2_000_000);
  });

  test("must be one, of bytes", async () => {
    await expect(streamSafetensors(new Uint8Array(9) as never)).rejects.toThrow(
      "streamSafetensors: bytes is Uint8Array, expected a ReadableStream or an async iterable of Uint8Array",
    );
    async function* texts() {
      yield "{}" as never;
    }
    await expect(streamSafetensors(texts())).rejects.toThrow('a piece is "{}", expected a Uint8Array');
  });

  test("passes on the error of its source", async () => {
    async function* broken() {
      yield two.subarray(0, -4);
      throw new RangeError("the line is dead");
    }
    const stream = await streamSafetensors(broken());
    await expect(streamed({ [Symbol.asyncIterator]: () => broken() })).rejects.toThrow("the line is dead");
    await stream.cancel();
  });
});
