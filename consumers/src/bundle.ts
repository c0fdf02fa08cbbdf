import { type Rolldown, build } from "vite";
import { consumer, write } from "./consumer.ts";

export interface Bundle {
  readonly code: string;
  /** Packages of which code stands in the bundle. */
  readonly packages: readonly string[];
}

/** Bundles a program of the consumer with Vite, for browsers. `distrust` ignores what packages say of side effects. */
export async function bundle(program: string, { distrust = false } = {}): Promise<Bundle> {
  const built = await build({
    root: consumer,
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      minify: true,
      modulePreload: false,
      rolldownOptions: {
        input: write("entry.mjs", program),
        treeshake: { moduleSideEffects: distrust ? true : undefined },
        preserveEntrySignatures: "strict",
      },
    },
  });
  const { output } = (Array.isArray(built) ? built[0] : built) as Rolldown.RolldownOutput;
  const chunks = output.filter((one) => one.type === "chunk");
  const rendered = chunks.flatMap((chunk) =>
    Object.entries(chunk.modules).filter(([, { renderedLength }]) => renderedLength > 0),
  );
  const names = rendered.map(([file]) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? "");
  return { code: chunks.map(({ code }) => code).join(""), packages: [...new Set(names)].filter(Boolean).sort() };
}
