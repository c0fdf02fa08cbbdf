import { rootCommand, type Surroundings } from "@unroll/terminal";
import type { Command } from "commander";
import { addClassify } from "./command-line/classify.ts";
import { addCompare } from "./command-line/compare.ts";
import { addData } from "./command-line/data.ts";
import { addEval } from "./command-line/eval.ts";
import { addExport } from "./command-line/export.ts";
import { addForecast } from "./command-line/forecast.ts";
import { addGenerate } from "./command-line/generate.ts";
import { addImport } from "./command-line/import.ts";
import { addInspect } from "./command-line/inspect.ts";
import { examples, NAME } from "./command-line/name.ts";
import { addServe } from "./command-line/serve.ts";
import { addSimpleRnn } from "./command-line/simple-rnn.ts";
import { addTrainClassify } from "./command-line/train-classify.ts";
import { addTrainSeries } from "./command-line/train-series.ts";
import { addTrainText } from "./command-line/train-text.ts";

/** The command line. Each command loads its own code only when it is called, so that help appears at once. */
export function program(surroundings: Surroundings): Command {
  const root = rootCommand(NAME, surroundings)
    .description(
      "Recurrent networks that learn in the terminal, and in a page. Without a command: train text.",
    )
    .addHelpText("before", examples(EXAMPLES));

  const train = root
    .command("train")
    .description("train a network")
    .helpCommand(false)
    .addHelpText(
      "before",
      examples([`${NAME} train text`, `${NAME} train series`, `${NAME} train classify`]),
    );
  addTrainText(train, surroundings);
  addTrainSeries(train, surroundings);
  addTrainClassify(train, surroundings);
  addGenerate(root, surroundings);
  addClassify(root, surroundings);
  addForecast(root, surroundings);
  addEval(root, surroundings);
  addCompare(root, surroundings);
  addData(root, surroundings);
  addServe(root, surroundings);
  addSimpleRnn(root, surroundings);
  addInspect(root, surroundings);
  addExport(root, surroundings);
  addImport(root, surroundings);
  return root;
}

const EXAMPLES = [
  NAME,
  `${NAME} train text --data my-book.txt`,
  `${NAME} train series --data births`,
  `${NAME} train classify --data mails.tsv`,
  `${NAME} generate runs/moby-dick.safetensors --prompt "Call me "`,
  `${NAME} forecast runs/births.safetensors --plot`,
  `${NAME} serve`,
  `${NAME} simple-rnn`,
];
