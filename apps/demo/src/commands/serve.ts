import { fileURLToPath } from "node:url";
import { type Surroundings, servePage } from "@unroll/terminal";
import type { ServeOptions } from "../command-line/serve.ts";

/** Serves the built page until Ctrl-C; says where the single file is, which needs no server. */
export async function serveCommand({ port, json }: ServeOptions, surroundings: Surroundings): Promise<void> {
  const built = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
  const file = built("single-file/unroll-demo.html");
  const words = `The demo is there until Ctrl-C. Without a server: open ${file} in a browser.\n`;
  const inside = "gradient-lab";
  await servePage(built("page"), { port, json, words, inside, fields: { file } }, surroundings);
}
