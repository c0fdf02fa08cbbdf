import type { Labelled } from "../baseline/naive-bayes.ts";
import { DataError } from "../errors.ts";
import { sha256 } from "../sha256.ts";
import type { Finding, Task } from "../tasks.ts";
import type { Surroundings } from "../terminal/streams.ts";
import { countText } from "../terminal/words.ts";
import { readBytes } from "../training/read-bytes.ts";
import { checkSameData } from "../training/same-data.ts";
import { rulesOf } from "./figures.ts";
import { judge } from "./judge.ts";
import { labelledData, scoredBatches } from "./labelled-data.ts";
import type { NamedLines } from "./labelled-lines.ts";
import { nameOf } from "./name.ts";
import { readLabelled } from "./read-labelled.ts";
import { compareText, resultFields, resultText } from "./result-text.ts";
import { type Classifier, classifierIn } from "./run-file.ts";
import { scoresOf } from "./scores.ts";

/** What the commands for all tasks do with labelled lines. */
export const classifyTask: Task = { evaluate, compare: compareText };

async function evaluate(file: string, given: string | undefined, { stdin }: Surroundings): Promise<Finding> {
  const classifier = classifierIn(file, await readBytes(file));
  const { classes, record, model } = classifier;
  const { settings, data: own } = record;
  const lines = await readLabelled(given ?? own, stdin);
  if (given === undefined) checkSameData(own, "labelled lines", file, sha256(lines.bytes), record.sha256);
  const data = given === undefined ? labelledData(lines, settings) : undefined;
  const items = data?.test ?? labelled(classifier, lines);
  const scores = (await scoresOf(model, scoredBatches(classifier, items, settings)))!;
  const rules = data ? rulesOf(data, settings) : [];
  const result = judge(classes, items, { name: nameOf(settings), scores }, [], rules);
  const what = data ? `${lines.noun}s to test` : `${lines.noun}s of ${lines.name}`;
  return {
    text: `${countText(items.length)} ${what}, in % (more are better):\n${resultText(result)}`,
    fields: { items: items.length, ...resultFields(result) },
  };
}

/** All lines, with the numbers of their labels. @throws DataError at a label that the network does not know */
function labelled({ classes }: Classifier, { where, lines }: NamedLines): Labelled[] {
  return lines.map(({ text, label, line }) => {
    const number = classes.indexOf(label);
    if (number >= 0) return { text, label: number };
    throw new DataError(
      where,
      `line ${line}: the network does not know the label ${label}`,
      { line, label, expected: classes },
      `It knows: ${classes.join(", ")}`,
    );
  });
}
