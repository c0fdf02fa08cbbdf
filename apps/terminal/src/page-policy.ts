import { createHash } from "node:crypto";

/**
 * The content security policy of a page: its own files, WebAssembly, and the scripts that stand in its HTML, named by their
 * hashes; styles may stand anywhere. Nothing comes from or goes to another host.
 */
export function pagePolicy(html: string): string {
  const inline = Array.from(
    html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g),
    ([, code]) => code,
  );
  const hashes = inline.map((code) => `'sha256-${createHash("sha256").update(code).digest("base64")}'`);
  return [
    "default-src 'none'",
    `script-src ${["'self'", "'wasm-unsafe-eval'", ...hashes].join(" ")}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}
