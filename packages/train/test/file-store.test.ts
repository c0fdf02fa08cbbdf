import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StateError } from "@unroll/kernels";
import { type FileSystem, fileStore } from "@unroll/train";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Fault, faultyFileSystem } from "./support/faulty-fs.ts";

let folder = "";
let path = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "unroll-store-"));
  path = join(folder, "run.safetensors");
});
afterEach(() => rmSync(folder, { recursive: true }));

const OLD = new Uint8Array(2500).fill(1);
const NEW = new Uint8Array(3500).fill(2);
const NAME = "run.safetensors";
const STALE = `${NAME}.0123456789abcdef.saving`;

test("what is saved is loaded, and nothing is left beside it", async () => {
  const store = fileStore(fs, path);
  expect(await store.load()).toBeUndefined();
  await store.save(OLD);
  await store.save(new Uint8Array([9, ...NEW]).subarray(1));
  expect(new Uint8Array((await store.load())!)).toEqual(NEW);
  expect(readdirSync(folder)).toEqual([NAME]);
  await store.save(new Uint8Array(0));
  expect(await store.load()).toHaveLength(0);
  await store.remove();
  expect(readdirSync(folder)).toEqual([]);
  await store.remove();
  expect(await store.load()).toBeUndefined();
});

test("a path without a folder is one in the working directory", async () => {
  const seen: string[] = [];
  const watching: FileSystem = {
    ...fs,
    realpath: async (path) => path,
    readdir: async (path) => {
      seen.push(path);
      return [STALE, "other"];
    },
    unlink: async (path) => void seen.push(path),
    open: async (path) => {
      seen.push(path.replace(/[0-9a-f]{16}/, "…"));
      throw new Error("enough");
    },
  };
  await expect(fileStore(watching, NAME).save(NEW)).rejects.toThrow("enough");
  expect(seen.slice(0, 3)).toEqual([".", STALE, `${NAME}.….saving`]);
});

describe("a save that fails at any of its operations", () => {
  /** Saves over the old file and says what is there afterwards. */
  async function outcome(fault: Fault | undefined) {
    writeFileSync(path, OLD);
    const { fs: faulty, count } = faultyFileSystem(fault);
    const error = await fileStore(faulty, path)
      .save(NEW)
      .then(
        () => undefined,
        (reason: Error & { code?: string }) => reason,
      );
    const bytes = readFileSync(path);
    const found = bytes.equals(OLD) ? "old" : bytes.equals(NEW) ? "new" : "neither";
    return { error: error?.code, found, beside: readdirSync(folder).length - 1, operations: count() };
  }

  test.each(["ENOSPC", "EIO", "EACCES"] as const)(
    "leaves the old file or the new one, and no other: %s",
    async (code) => {
      const { operations, ...right } = await outcome(undefined);
      expect(right).toEqual({ error: undefined, found: "new", beside: 0 });
      // realpath, readdir, stat, open, chmod, 4 × write, sync, close, rename; open, sync and close of the folder.
      expect(operations).toBe(15);
      for (let at = 0; at < operations; at++) {
        const { error, found, beside } = await outcome({ at, code });
        // That the folder is not flushed is no failure: the file is there.
        expect({ at, error, found, beside }).toEqual(
          at < 12
            ? { at, error: code, found: "old", beside: 0 }
            : { at, error: undefined, found: "new", beside: 0 },
        );
      }
    },
  );

  test("or, if nothing works any more, a rest that the next save takes away", async () => {
    for (let at = 0; at < 15; at++) {
      const { found, beside, error } = await outcome({ at, code: "EIO", forGood: true });
      expect([at, found, error]).toEqual([at, at < 12 ? "old" : "new", at < 12 ? "EIO" : undefined]);
      expect(beside).toBe(at > 3 && at < 12 ? 1 : 0);
      await fileStore(fs, path).save(NEW);
      expect(readdirSync(folder)).toEqual([NAME]);
    }
  });

  test("and the next save of the same store goes on", async () => {
    const { fs: faulty } = faultyFileSystem({ at: 6, code: "ENOSPC" });
    const store = fileStore(faulty, path);
    const saves = [store.save(OLD), store.save(NEW)];
    await expect(saves[0]).rejects.toMatchObject({ code: "ENOSPC" });
    await saves[1];
    expect(new Uint8Array(readFileSync(path))).toEqual(NEW);
  });
});

test("a file system that writes nothing and says so is no endless loop", async () => {
  const full: FileSystem = {
    ...fs,
    async open(path, flags) {
      const file = await fs.open(path, flags);
      return {
        write: async () => ({ bytesWritten: 0 }),
        chmod: (mode) => file.chmod(mode),
        sync: () => file.sync(),
        close: () => file.close(),
      };
    },
  };
  const saving = fileStore(full, path).save(NEW);
  await expect(saving).rejects.toThrow(StateError);
  expect(readdirSync(folder)).toEqual([]);
});

test("saves that overlap come one after the other, loads see whole files", async () => {
  const store = fileStore(fs, path);
  await store.save(OLD);
  const loaded: number[] = [];
  const saving = Promise.all(
    Array.from({ length: 10 }, (_, i) => store.save(new Uint8Array(5000 + i).fill(i))),
  );
  let done = false;
  void saving.then(() => (done = true));
  while (!done) {
    const bytes = (await store.load())!;
    expect(bytes.every((byte) => byte === bytes[0])).toBe(true);
    loaded.push(bytes.length);
  }
  expect(await store.load()).toHaveLength(5009);
  expect([...loaded].sort((a, b) => a - b).filter((length) => length >= 5000)).toEqual(
    loaded.filter((length) => length >= 5000),
  );
});

test("what a killed process left is taken away, what looks like it but is not stays", async () => {
  const others = [
    "other.safetensors.0123456789abcdef.saving",
    `${NAME}.saving`,
    `${NAME}.0123.saving`,
    `${NAME}.0123456789abcdef`,
    `${NAME}.0123456789abcdeg.saving`,
    `my ${STALE}`,
  ];
  for (const name of [...others, STALE]) writeFileSync(join(folder, name), "");
  await fileStore(fs, path).load();
  expect(readdirSync(folder)).toContain(STALE);
  await fileStore(fs, path).save(NEW);
  expect(readdirSync(folder).sort()).toEqual([...others, NAME].sort());
  writeFileSync(join(folder, STALE), "");
  await fileStore(fs, path).remove();
  expect(readdirSync(folder).sort()).toEqual([...others].sort());
});

test("permissions stay, and a symbolic link stays a link", async () => {
  const real = join(folder, "real");
  mkdirSync(real);
  writeFileSync(join(real, "a"), OLD, { mode: 0o600 });
  symlinkSync(join(real, "a"), path);
  await fileStore(fs, path).save(NEW);
  expect(new Uint8Array(readFileSync(join(real, "a")))).toEqual(NEW);
  expect(statSync(join(real, "a")).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder).sort()).toEqual(["real", NAME]);
  expect(readdirSync(real)).toEqual(["a"]);
});

test("errors of the system come through as they are", async () => {
  await expect(fileStore(fs, join(folder, "none", "x")).save(NEW)).rejects.toMatchObject({ code: "ENOENT" });
  mkdirSync(path);
  await expect(fileStore(fs, path).load()).rejects.toMatchObject({ code: "EISDIR" });
  await expect(fileStore(fs, path).save(NEW)).rejects.toMatchObject({ code: "EISDIR" });
  expect(readdirSync(folder)).toEqual([NAME]);
});
