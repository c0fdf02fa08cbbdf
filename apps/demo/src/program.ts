import { rootCommand, type Surroundings } from "@unroll/terminal";
import type { Command } from "commander";
import { addGenerate } from "./command-line/generate.ts";
import { examples, NAME } from "./command-line/name.ts";
import { addSimpleRnn } from "./command-line/simple-rnn.ts";
import { addTrainText } from "./command-line/train-text.ts";

/** The command line. Each command loads its own code only when it is called, so that help appears at once. */
export function program(surroundings: Surroundings): Command {
  const root = rootCommand(NAME, surroundings)
    .description("Recurrent networks that learn in the terminal. Without a command: train text.")
    .addHelpText("before", examples(EXAMPLES));

  const train = root
    .command("train")
    .description("train a network")
    .helpCommand(false)
    .addHelpText("before", examples([`${NAME} train text`]));
  addTrainText(train, surroundings);
  addGenerate(root, surroundings);
  addSimpleRnn(root, surroundings);
  return root;
}

const EXAMPLES = [
  NAME,
  `${NAME} train text --data my-book.txt`,
  `${NAME} generate runs/moby-dick.safetensors --prompt "Call me "`,
  `${NAME} simple-rnn`,
];
