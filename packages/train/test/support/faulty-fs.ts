import * as fs from "node:fs/promises";
import type { FileSystem, OpenFile } from "@unroll/train";

export interface Fault {
  /** Number of the operation that fails, from 0 on. */
  readonly at: number;
  readonly code: "ENOSPC" | "EIO" | "EACCES";
  /** Whether all later operations fail too. */
  readonly forGood?: boolean;
}

/** The file system, but writes take 1000 bytes at a time and an operation fails. `count` counts the operations. */
export function faultyFileSystem(fault: Fault | undefined): { fs: FileSystem; count: () => number } {
  let operations = 0;
  async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
    const number = operations++;
    if (fault && (number === fault.at || (fault.forGood && number > fault.at)))
      throw Object.assign(new Error(`${fault.code}: ${name}`), { code: fault.code });
    return work();
  }
  const wrapped = (file: fs.FileHandle): OpenFile => ({
    write: (bytes, offset, length) => step("write", () => file.write(bytes, offset, Math.min(length, 1000))),
    chmod: (mode) => step("chmod", () => file.chmod(mode)),
    sync: () => step("sync", () => file.sync()),
    // A file that does not close is closed all the same, or the test would leave it open.
    close: () => step("close", async () => {}).finally(() => file.close()),
  });
  return {
    count: () => operations,
    fs: {
      open: (path, flags) => step("open", async () => wrapped(await fs.open(path, flags))),
      rename: (from, to) => step("rename", () => fs.rename(from, to)),
      unlink: (path) => step("unlink", () => fs.unlink(path)),
      readdir: (path) => step("readdir", () => fs.readdir(path)),
      readFile: (path) => step("readFile", () => fs.readFile(path)),
      realpath: (path) => step("realpath", () => fs.realpath(path)),
      stat: (path) => step("stat", () => fs.stat(path)),
    },
  };
}
