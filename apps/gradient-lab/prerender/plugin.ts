import { type Plugin, runnerImport } from "vite";
import type { Prerendered } from "./prerender.tsx";

/**
 * Puts the first picture into the page when it is built, so that it shows the chain, the map and the sentence before any
 * program runs. A link that opens something else shows nothing until that is there.
 */
export function prerenderPlugin(): Plugin {
  return {
    name: "prerender",
    apply: "build",
    async transformIndexHtml(html) {
      const { module } = await runnerImport<{ prerender(): Prerendered }>(
        new URL("./prerender.tsx", import.meta.url).pathname,
        {
          configFile: false,
          resolve: { conditions: CONDITIONS },
          environments: { inline: { resolve: { conditions: CONDITIONS, noExternal: [/^@unroll\//] } } },
          oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
        },
      );
      const { wide, narrow, css } = module.prerender();
      return html
        .replace("</head>", `<style>${css}</style></head>`)
        .replace('<div id="lab"></div>', () => `<div id="lab" class="still">${wide}</div>${choose(narrow)}`);
    },
  };
}

const CONDITIONS = ["@unroll/source", "module", "node", "development|production"];

/** The phone's screen in place of the wide one where it belongs, and neither where a link says what to show. */
function choose(narrow: string): string {
  return (
    `<template id="narrow">${narrow}</template><script>(lab=>{` +
    `if(/^(#(v1)?)?$/.test(location.hash)){if(matchMedia("(width<700px)").matches)lab.replaceChildren(document.getElementById("narrow").content)}` +
    `else lab.replaceChildren()})(document.getElementById("lab"))</script>`
  );
}
