import { build, type Plugin, type Rolldown } from "vite";
import { consumer, write } from "./consumer.ts";

export interface Bundle {
  readonly code: string;
  /** Packages of which code stands in the bundle. */
  readonly packages: readonly string[];
}

/**
 * Bundles a program of the consumer with Vite, for browsers.
 *
 * What a package says of its side effects is believed, except of the package `distrust`: there only what is provably
 * pure is left out.
 */
export async function bundle(program: string, distrust?: string): Promise<Bundle> {
  const plugin: Plugin = {
    name: "distrust",
    transform: (code, id) =>
      distrust && id.includes(`/node_modules/${distrust}/`)
        ? { code, moduleSideEffects: true, map: null }
        : undefined,
  };
  const built = await build({
    root: consumer,
    configFile: false,
    plugins: [plugin],
    logLevel: "error",
    build: {
      write: false,
      minify: true,
      modulePreload: false,
      rolldownOptions: {
        input: write("entry.mjs", program),
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
  return {
    code: chunks.map(({ code }) => code).join(""),
    packages: [...new Set(names)].filter(Boolean).sort(),
  };
}
