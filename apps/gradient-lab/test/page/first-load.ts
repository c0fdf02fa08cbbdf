import { gzipSync } from "node:zlib";
import type { Files } from "@unroll/testing";

/** A file of the first load and its size as a server sends it. */
export interface Loaded {
  readonly name: string;
  /** Bytes after gzip. */
  readonly bytes: number;
}

/**
 * What a visitor loads before the page lives: the page, what it names, and what these import in turn; the worker with
 * its WebAssembly too. What is imported later, by `import()`, is not in it.
 */
export function firstLoad(site: Files): readonly Loaded[] {
  const found = new Set<string>();
  const visit = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    const text = String(site[name]);
    const named = name.endsWith(".html") ? text.matchAll(PAGE) : text.matchAll(SCRIPT);
    for (const [, path] of named) {
      const file = Object.keys(site).find((each) => each.endsWith(path.replace(/^.*\//, "/")));
      if (file === undefined) throw new Error(`${name} names ${path}, which is not there`);
      visit(file);
    }
  };
  visit("index.html");
  return [...found].map((name) => ({ name, bytes: gzipSync(site[name], { level: 9 }).length }));
}

/** `src` and `href` of files beside the page; static imports, and workers by address. */
const PAGE = /(?:src|href)="(\.\/[^"]+)"/g;
const SCRIPT = /(?:from|import|new URL\()\s*["'`]([./\w-]+\.js)["'`]/g;
