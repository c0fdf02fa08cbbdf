import { Command } from "commander";
import { addCommonOptions, type CommonOptions } from "./options.ts";
import type { Surroundings } from "./terminal/streams.ts";

const NAME = "npx pnpm demo";

/** The command line. Each command loads its own code only when it is called, so that help appears at once. */
export function program(surroundings: Surroundings): Command {
  const root = new Command(NAME)
    .description("Recurrent networks that learn in the terminal. Without a command: train text.")
    .enablePositionalOptions()
    .helpCommand(false)
    .showHelpAfterError(`(${NAME} --help shows what there is)`)
    .addHelpText("before", examples(EXAMPLES))
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void surroundings.stdout.write(text),
      writeErr: (text) => void surroundings.stderr.write(text),
      getOutHelpWidth: () => surroundings.stdout.columns ?? 100,
      getErrHelpWidth: () => surroundings.stderr.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });

  addCommonOptions(root.command("simple-rnn"), 42)
    .description("print what the NumPy tutorial's SimpleRNN(3, 5, 2) prints")
    .addHelpText("before", examples([`${NAME} simple-rnn`, `${NAME} simple-rnn --seed 7 --json`]))
    .action(async (options: CommonOptions) => {
      const { simpleRnn } = await import("./commands/simple-rnn.ts");
      simpleRnn(options, surroundings);
    });

  return root;
}

const EXAMPLES = [`${NAME} simple-rnn`];

function examples(lines: readonly string[]): string {
  return `Examples:\n${lines.map((line) => `  ${line}\n`).join("")}`;
}
