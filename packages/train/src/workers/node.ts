import type { FileSystem } from "../stores/file-store.ts";

/** What is used of `Worker` of node:worker_threads. */
interface NodeWorker {
  postMessage(message: unknown, transfer?: readonly unknown[]): void;
  on(event: string, listener: (value: never) => void): void;
  ref(): void;
  unref(): void;
  terminate(): Promise<number>;
}

export interface NodeThreads {
  readonly Worker: new (script: URL | string, options: object) => NodeWorker;
  readonly parentPort: MessagePort | null;
}

export interface NodeFiles extends FileSystem {
  mkdir(path: string, options: { readonly recursive: true }): Promise<unknown>;
}

/** A module of Node, or undefined elsewhere; without an import that bundlers for browsers would stumble over. */
function ofNode<M>(name: string): M | undefined {
  const { process } = globalThis as {
    readonly process?: { getBuiltinModule?: (name: string) => unknown; versions?: { node?: string } };
  };
  return process?.versions?.node ? (process.getBuiltinModule?.(name) as M | undefined) : undefined;
}

/** The threads of Node, where there are such. */
export function nodeThreads(): NodeThreads | undefined {
  return ofNode("node:worker_threads");
}

/** The files of Node, where there are such. */
export function nodeFiles(): NodeFiles | undefined {
  return ofNode("node:fs/promises");
}

/** Threads that can run at once. */
export function processors(): number {
  const os = ofNode<{ availableParallelism(): number }>("node:os");
  return os ? os.availableParallelism() : navigator.hardwareConcurrency;
}
