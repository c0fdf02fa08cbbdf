import { fileURLToPath } from "node:url";
import type { Files } from "@unroll/testing";
import { build, type Rolldown } from "vite";

/** The page as it is built for visitors, in files or as the single one. */
export async function buildSite(mode: "production" | "single-file" = "production"): Promise<Files> {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const built = await build({
    root,
    mode,
    configFile: `${root}vite.config.ts`,
    configLoader: "runner",
    logLevel: "error",
    build: { write: false },
  });
  const { output } = (Array.isArray(built) ? built[0] : built) as Rolldown.RolldownOutput;
  return Object.fromEntries(
    output.map((one) => [one.fileName, one.type === "chunk" ? one.code : one.source] as const),
  );
}
