import type { DataKind } from "../data-sets.ts";
import { aligned } from "../terminal/aligned.ts";
import { countText, oneLine } from "../terminal/words.ts";
import { BUILT_IN } from "./built-in.ts";
import { labelledData } from "./labelled-data.ts";
import { readLabelled } from "./read-labelled.ts";
import { PRESET } from "./settings.ts";

/** More labels than that are not all shown. */
const SHOWN = 40;

/** Labelled lines. */
export const kind: DataKind = {
  task: "classify",
  endings: [".tsv"],
  builtIn: { [BUILT_IN]: "9,442 surnames of ten languages (Faker)" },
  async describe(given, { stdin }) {
    const lines = await readLabelled(given, stdin);
    const data = labelledData(lines, { ...PRESET, withValidation: false });
    const labels = data.classes.map((label, i) => {
      const own = lines.lines.filter((line) => line.label === label);
      const learned = data.train.filter((item) => item.label === i).length;
      return { label, lines: own.length, learned, example: own[0]!.text };
    });
    const split = { train: data.train.length, validation: data.validation.length, test: data.test.length };
    const longest = data.steps - 2; // without what stands before and behind
    const rows = labels.map((each) => [
      `  ${each.label}`,
      countText(each.lines),
      countText(each.learned),
      oneLine(each.example, 40),
    ]);
    return {
      text: [
        `${lines.name}: ${countText(lines.lines.length)} ${lines.noun}s with ${labels.length} labels, ` +
          `${data.vocabulary.size} symbols, at most ${longest} characters\n`,
        aligned([["  label", `${lines.noun}s`, "to learn from", "the first"], ...rows.slice(0, SHOWN)]),
        rows.length > SHOWN ? `  and ${rows.length - SHOWN} others\n` : "",
        `split    ${countText(split.train)} ${lines.noun}s to learn from, ${countText(split.validation)} to validate, ` +
          `${countText(split.test)} to test\n`,
      ].join(""),
      fields: { name: lines.name, labels, symbols: data.vocabulary.symbols, longest, split },
    };
  },
};
