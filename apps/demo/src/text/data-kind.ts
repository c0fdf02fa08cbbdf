import { splitByPosition } from "@unroll/datasets";
import { vocabularyOf } from "@unroll/train";
import type { DataKind } from "../data-sets.ts";
import { countText, oneLine } from "../terminal/words.ts";
import { BUILT_IN } from "./built-in.ts";
import { readText } from "./read-text.ts";

/** Texts. */
export const kind: DataKind = {
  task: "text",
  endings: [".txt", ".md"],
  builtIn: { [BUILT_IN]: "Herman Melville, Moby-Dick; or, The Whale (1851)" },
  async describe(given, { stdin }) {
    const { name, text } = await readText(given, stdin);
    const { symbols } = vocabularyOf(text);
    const characters = text.length;
    const lines = text.split("\n").length;
    const { train, validation } = splitByPosition(characters);
    return {
      text: [
        `${name}: a text of ${countText(characters)} characters in ${countText(lines)} lines, ${symbols.length} symbols`,
        `symbols  ${oneLine(symbols.join(" "), 200)}`,
        `begins   ${oneLine(text.slice(0, 400), 150)}`,
        `split    ${countText(train)} characters to learn from, ${countText(validation - train)} to validate, ` +
          `${countText(characters - validation)} to test`,
        "",
      ].join("\n"),
      fields: { name, characters, lines, symbols, split: { train, validation, test: characters } },
    };
  },
};
