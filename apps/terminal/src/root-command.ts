import { Command } from "commander";
import type { Surroundings } from "./streams.ts";

/** The root of a command line: it reads and writes in its surroundings, and throws where commander would end the process. */
export function rootCommand(name: string, surroundings: Surroundings): Command {
  return new Command(name)
    .enablePositionalOptions()
    .helpCommand(false)
    .showHelpAfterError(`(${name} --help shows what there is)`)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void surroundings.stdout.write(text),
      writeErr: (text) => void surroundings.stderr.write(text),
      getOutHelpWidth: () => surroundings.stdout.columns ?? 100,
      getErrHelpWidth: () => surroundings.stderr.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
}

/** Examples, for the beginning of a help text. */
export function examples(lines: readonly string[]): string {
  return `Examples:\n${lines.map((line) => `  ${line}\n`).join("")}`;
}
