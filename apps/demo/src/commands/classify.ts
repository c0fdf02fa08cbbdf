import { type Answer, answerOf } from "../classify/answer.ts";
import { explainText, labelsText } from "../classify/explain-text.ts";
import { classifierIn } from "../classify/run-file.ts";
import type { ClassifyOptions } from "../command-line/classify.ts";
import { decodeText } from "../decode-text.ts";
import { UsageError } from "../errors.ts";
import { readInput } from "../input.ts";
import { aligned } from "../terminal/aligned.ts";
import { colorsFor, type Surroundings, widthOf } from "../terminal/streams.ts";
import { oneLine } from "../terminal/words.ts";
import { readBytes } from "../training/read-bytes.ts";

/** Says what a trained network takes texts for. */
export async function classifyCommand(
  file: string,
  given: readonly string[],
  options: ClassifyOptions,
  surroundings: Surroundings,
): Promise<void> {
  const { json, quiet, top, explain = false } = options;
  const { stdout, stderr, env } = surroundings;
  const classifier = classifierIn(file, await readBytes(file));
  const texts = await textsOf(given, options, surroundings);
  const answers = texts.map((text) => answerOf(classifier, text, explain));
  if (json) {
    for (const answer of answers) stdout.write(`${JSON.stringify(fieldsOf(answer))}\n`);
    return;
  }
  const colors = colorsFor(stdout, env, options.color);
  if (explain)
    stdout.write(answers.map((answer) => explainText(answer, top, colors, widthOf(stdout))).join("\n"));
  else stdout.write(aligned(answers.map((answer) => [oneLine(answer.text, 60), ...labelsText(answer, top)])));
  const strange = [...new Set(answers.flatMap(({ unknown }) => unknown))];
  if (strange.length > 0 && !quiet) {
    const shown = oneLine(strange.map((symbol) => JSON.stringify(symbol)).join(" "), 60);
    stderr.write(`The network never saw these characters: ${shown}\n`);
  }
}

/** The texts of the command line, or the lines of a file or of the standard input that are not empty. */
async function textsOf(
  given: readonly string[],
  { file }: ClassifyOptions,
  { stdin }: Surroundings,
): Promise<string[]> {
  const from = given.length === 1 && given[0] === "-" ? "-" : file;
  if ((from !== undefined && from !== "-" && given.length > 0) || (file === undefined && given.length === 0))
    throw new UsageError(
      given.length > 0 ? "texts and --file exclude each other" : "there is nothing to label",
      { given: given.length },
      "Name texts, or --file FILE, or - for the lines of the standard input.",
    );
  const texts = from === undefined ? given : await linesOf(from, stdin);
  const filled = texts.map((text) => text.trim()).filter((text) => text !== "");
  if (filled.length > 0) return filled;
  throw new UsageError("there is nothing to label: all texts are empty", { given: texts.length });
}

async function linesOf(from: string, stdin: Surroundings["stdin"]): Promise<string[]> {
  const { where, bytes } = await readInput(from, stdin, "a readable file of texts", "");
  return decodeText(where, bytes).split("\n");
}

/** The same for machines. */
function fieldsOf({ text, labels, unknown, symbols }: Answer): object {
  const probabilities = Object.fromEntries(labels.map(({ label, probability }) => [label, probability]));
  return { text, label: labels[0]!.label, probabilities, unknown, ...(symbols && { symbols }) };
}
