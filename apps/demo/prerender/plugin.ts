import { type Plugin, runnerImport } from "vite";

/** Puts the opened page into the file when it is built, so that there is something to read before any program runs. */
export function prerenderPlugin(): Plugin {
  return {
    name: "prerender",
    apply: "build",
    async transformIndexHtml(html) {
      const { module } = await runnerImport<{ prerender(): Promise<string> }>(
        new URL("./prerender.tsx", import.meta.url).pathname,
        {
          configFile: false,
          resolve: { conditions: CONDITIONS },
          environments: { inline: { resolve: { conditions: CONDITIONS, noExternal: [/^@unroll\//] } } },
          assetsInclude: ["**/*.safetensors"],
          oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
        },
      );
      const page = await module.prerender();
      return html.replace('<div id="demo"></div>', () => `<div id="demo">${page}</div>`);
    },
  };
}

const CONDITIONS = ["@unroll/source", "module", "node", "development|production"];
