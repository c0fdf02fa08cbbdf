// Writes src/render/palette-anchors.ts: 41 colors of each scale, from d3-scale-chromatic, so that the page carries no library.
import { writeFileSync } from "node:fs";
import { interpolateCividis, interpolatePuOr } from "d3-scale-chromatic";

const COUNT = 41;

const hex = (color) =>
  color
    .match(/\d+/g)
    .map((part) => Number(part).toString(16).padStart(2, "0"))
    .join("");
const anchors = (scale) => Array.from({ length: COUNT }, (_, i) => hex(scale(i / (COUNT - 1)))).join(" ");

writeFileSync(
  new URL("../src/render/palette-anchors.ts", import.meta.url),
  `// Made by scripts/bake-palettes.mjs from d3-scale-chromatic 3.1.1 (ISC): PuOr by Cynthia Brewer (ColorBrewer), cividis by
// Nuñez, Anderton, Renslow (2018). Don't edit.

/** Purple, through almost white, to orange. */
export const PUOR: string =
  "${anchors(interpolatePuOr)}";

/** Dark blue to yellow. */
export const CIVIDIS: string =
  "${anchors(interpolateCividis)}";
`,
);
