import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, normalize } from "node:path";
import { type Files, mediaType } from "./files.ts";

/** What the server says with every file. */
export interface Headers {
  /** `content-security-policy`; none unless given. */
  readonly policy?: string | undefined;
  /** Cross-origin isolated: COOP `same-origin` and COEP `require-corp`. */
  readonly isolated?: boolean | undefined;
  /** Any others. */
  readonly others?: Readonly<Record<string, string>> | undefined;
}

export interface ServeOptions extends Headers {
  /** A free one unless given. */
  readonly port?: number | undefined;
}

export interface Site {
  /** `http://127.0.0.1:40123/` */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves files of memory, or a folder, on 127.0.0.1. A path that ends in `/` means its `index.html`. */
export async function serve(content: Files | string, options: ServeOptions = {}): Promise<Site> {
  const server = createServer(async (request, response) => {
    for (const [name, value] of Object.entries(spelled(options))) response.setHeader(name, value);
    const path = pathOf(request.url ?? "/");
    const body = path === undefined ? undefined : await read(content, path);
    if (path === undefined) response.writeHead(400).end();
    else if (body === undefined) response.writeHead(404).end();
    else response.writeHead(200, { "content-type": mediaType(path) }).end(body);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The path below the root that a request asks for; undefined if it can't be read as one. */
function pathOf(url: string): string | undefined {
  try {
    const asked = decodeURIComponent(new URL(url, "http://127.0.0.1").pathname);
    return normalize(asked.endsWith("/") ? `${asked}index.html` : asked).slice(1);
  } catch {
    return undefined;
  }
}

/** `path` is normalized and starts below the root, so it cannot leave the folder. */
async function read(content: Files | string, path: string): Promise<string | Uint8Array | undefined> {
  if (typeof content !== "string") return Object.hasOwn(content, path) ? content[path] : undefined;
  try {
    return await readFile(join(content, path));
  } catch {
    return undefined;
  }
}

function spelled({ policy, isolated, others }: Headers): Record<string, string> {
  return {
    "cache-control": "no-store",
    ...(policy === undefined ? {} : { "content-security-policy": policy }),
    ...(isolated
      ? { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" }
      : {}),
    ...others,
  };
}
