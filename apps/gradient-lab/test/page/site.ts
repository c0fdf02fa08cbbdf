import process from "node:process";
import { fileURLToPath } from "node:url";
import type { Files } from "@unroll/testing";
import { build, type Rolldown } from "vite";

/** The page as it is built for visitors; in the mode `single-file`, one file. */
export async function buildSite(mode = "production"): Promise<Files> {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const { NODE_ENV } = process.env;
  // Under another name the build would be one for developers.
  process.env.NODE_ENV = "production";
  const built = await build({
    root,
    mode,
    configFile: `${root}vite.config.ts`,
    // Bundled, the configuration would be timed, and on a busy machine the console told of it.
    configLoader: "runner",
    logLevel: "error",
    build: { write: false },
  });
  process.env.NODE_ENV = NODE_ENV;
  const { output } = (Array.isArray(built) ? built[0] : built) as Rolldown.RolldownOutput;
  return Object.fromEntries(
    output.map((one) => [one.fileName, one.type === "chunk" ? one.code : one.source] as const),
  );
}
