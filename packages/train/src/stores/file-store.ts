import { StateError } from "@unroll/kernels";
import type { Store } from "./store.ts";

/** The part of `node:fs/promises` that a store works with. */
export interface FileSystem {
  open(path: string, flags: string): Promise<OpenFile>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
  readdir(path: string): Promise<string[]>;
  readFile(path: string): Promise<Uint8Array>;
  realpath(path: string): Promise<string>;
  stat(path: string): Promise<{ readonly mode: number }>;
}

/** The part of a `FileHandle` of `node:fs/promises`. */
export interface OpenFile {
  write(bytes: Uint8Array, offset: number, length: number): Promise<{ readonly bytesWritten: number }>;
  chmod(mode: number): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A file, for programs that have a file system: `fileStore(fs, path)` with `import * as fs from "node:fs/promises"`.
 *
 * Bytes are written into a new file beside it, which is flushed and then takes its name. So there is always the old file
 * or the new one, never a part. What a killed process leaves beside the file is taken away by the next save. A symbolic
 * link stays one, and permissions stay as they are. One store at a time may save to a file; any number may load it.
 *
 * Everything rejects with the file system's own error.
 */
export function fileStore(fs: FileSystem, path: string): Store {
  let last: Promise<unknown> = Promise.resolve();
  /** One after the other. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  };
  return {
    save: (bytes) => inTurn(() => save(fs, path, bytes)),
    remove: () => inTurn(() => remove(fs, path)),
    load: () => unlessMissing(fs.readFile(path)),
  };
}

async function save(fs: FileSystem, path: string, bytes: Uint8Array): Promise<void> {
  const target = (await unlessMissing(fs.realpath(path))) ?? path;
  await sweep(fs, target);
  const beside = `${target}.${token()}${ENDING}`;
  try {
    const mode = (await unlessMissing(fs.stat(target)))?.mode;
    await write(fs, beside, bytes, mode);
    await fs.rename(beside, target);
  } catch (error) {
    await fs.unlink(beside).catch(() => {}); // there may be none
    throw error;
  }
  await flushFolder(fs, target);
}

async function write(
  fs: FileSystem,
  path: string,
  bytes: Uint8Array,
  mode: number | undefined,
): Promise<void> {
  const file = await fs.open(path, "wx");
  try {
    if (mode !== undefined) await file.chmod(mode & 0o7777);
    for (let at = 0; at < bytes.length; ) {
      const { bytesWritten } = await file.write(bytes, at, bytes.length - at);
      if (bytesWritten === 0) throw new StateError("fileStore", `${path} takes no more bytes`);
      at += bytesWritten;
    }
    await file.sync();
  } catch (error) {
    await file.close().catch(() => {}); // the first error says more
    throw error;
  }
  await file.close();
}

/** The new name of a file outlasts a crash once its folder is flushed. Some systems can't flush a folder. */
async function flushFolder(fs: FileSystem, path: string): Promise<void> {
  try {
    const folder = await fs.open(folderOf(path), "r");
    await folder.sync().finally(() => folder.close());
  } catch {
    // the file is whole all the same
  }
}

async function remove(fs: FileSystem, path: string): Promise<void> {
  const target = (await unlessMissing(fs.realpath(path))) ?? path;
  await sweep(fs, target);
  await unlessMissing(fs.unlink(path));
}

const ENDING = ".saving";

/** Removes what killed processes left beside a file. */
async function sweep(fs: FileSystem, target: string): Promise<void> {
  const folder = folderOf(target);
  const name = target.slice(nameStart(target));
  const names = (await unlessMissing(fs.readdir(folder))) ?? [];
  for (const each of names) {
    const middle =
      each.startsWith(`${name}.`) && each.endsWith(ENDING) && each.slice(name.length + 1, -ENDING.length);
    if (middle && /^[0-9a-f]{16}$/.test(middle))
      await unlessMissing(fs.unlink(target.slice(0, nameStart(target)) + each));
  }
}

/** 16 digits that no other process has. */
function token(): string {
  const words = crypto.getRandomValues(new Uint32Array(2));
  return Array.from(words, (word) => word.toString(16).padStart(8, "0")).join("");
}

function nameStart(path: string): number {
  return Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1;
}

function folderOf(path: string): string {
  return path.slice(0, nameStart(path)) || ".";
}

async function unlessMissing<T>(result: Promise<T>): Promise<T | undefined> {
  try {
    return await result;
  } catch (error) {
    if ((error as { code?: unknown } | undefined)?.code === "ENOENT") return undefined;
    throw error;
  }
}
