import { extname } from "node:path";

/** Files in memory: path from the root of a site, as `assets/worker.js`, and content. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

/** The media type of a file, by the ending of its name. */
export function mediaType(path: string): string {
  return TYPES[extname(path)] ?? "application/octet-stream";
}
