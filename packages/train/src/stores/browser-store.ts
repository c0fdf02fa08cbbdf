import { OptionError } from "@unroll/kernels";
import type { Store } from "./store.ts";

const TABLE = "files";

/**
 * A place in the browser's IndexedDB, in a database of that name: for pages and workers. A save is one transaction, so it is
 * done whole or not at all, whatever becomes of the page; stores of the same name in other pages and workers of the site
 * see it when it is done.
 *
 * Everything rejects with the browser's own error, a `DOMException` (`QuotaExceededError` if there is no room).
 * @throws OptionError where there is no IndexedDB
 */
export function browserStore(name: string, database: IDBFactory = globalThis.indexedDB): Store {
  if (typeof database?.open !== "function")
    throw new OptionError("browserStore", "database", database, "an IndexedDB, as browsers have it");
  return {
    async save(bytes) {
      // A copy of its own: a part of a larger buffer would take the whole buffer along.
      await inTransaction(database, name, "readwrite", (files) => files.put(bytes.slice(), 0));
    },
    async load() {
      return inTransaction<Uint8Array | undefined>(database, name, "readonly", (files) => files.get(0));
    },
    async remove() {
      await inTransaction(database, name, "readwrite", (files) => files.delete(0));
    },
  };
}

/** Opens the database, makes one request in one transaction, and closes it when the transaction is done. */
async function inTransaction<T>(
  factory: IDBFactory,
  name: string,
  mode: IDBTransactionMode,
  request: (files: IDBObjectStore) => IDBRequest,
): Promise<T> {
  const database = await open(factory, name);
  try {
    return await new Promise<T>((resolve, reject) => {
      // Strict: done means that the bytes will outlast a crash.
      const transaction = database.transaction(TABLE, mode, { durability: "strict" });
      const asked = request(transaction.objectStore(TABLE));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = () => reject(transaction.error ?? asked.error);
    });
  } finally {
    database.close();
  }
}

function open(factory: IDBFactory, name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = factory.open(name, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(TABLE);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}
