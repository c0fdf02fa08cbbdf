import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Site, serve } from "@unroll/testing/serve";
import { DataError, fileProblem, ProgramError } from "./errors.ts";
import { interruptible } from "./interrupt.ts";
import { pagePolicy } from "./page-policy.ts";
import type { Surroundings } from "./streams.ts";

export interface ServePageOptions {
  /** 0 for a free one. */
  readonly port: number;
  readonly json?: boolean | undefined;
  /** Said on stderr when the page is there. */
  readonly words: string;
  /** Another page in a folder of this one, whose scripts are as welcome; it may be missing. */
  readonly inside?: string | undefined;
  /** With `--json`, besides `url`. */
  readonly fields?: Readonly<Record<string, string>>;
}

/**
 * Serves the folder of a built page on 127.0.0.1 until Ctrl-C, which ends it well. Its address goes to stdout.
 * @throws DataError if the page is not there, ProgramError if the port can't be had
 */
export async function servePage(
  folder: string,
  { port, json, words, inside, fields }: ServePageOptions,
  { stdout, stderr, signals }: Surroundings,
): Promise<void> {
  const page = join(folder, "index.html");
  const html = await readFile(page, "utf8").catch((error: unknown) => {
    throw new DataError(page, fileProblem(error), {}, "The page has not been built: npx pnpm build");
  });
  const other =
    inside === undefined ? "" : await readFile(join(folder, inside, "index.html"), "utf8").catch(() => "");
  const site: Site = await serve(folder, {
    port,
    policy: pagePolicy(html + other),
    others: { "x-content-type-options": "nosniff", "referrer-policy": "no-referrer" },
  }).catch((error: unknown) => {
    const problem = (error as NodeJS.ErrnoException).code === "EADDRINUSE" ? "is taken" : fileProblem(error);
    throw new ProgramError("error", `port ${port} ${problem}`, { port }, "Leave --port out for a free one.");
  });
  await interruptible(
    signals,
    () => {},
    async (signal) => {
      stdout.write(json ? `${JSON.stringify({ url: site.url, ...fields })}\n` : `${site.url}\n`);
      stderr.write(words);
      if (!signal.aborted) await once(signal, "abort");
      await site.close();
    },
  );
}
