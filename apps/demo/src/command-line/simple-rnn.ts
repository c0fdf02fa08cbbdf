import type { Command } from "commander";
import { addCommonOptions, type CommonOptions } from "../options.ts";
import type { Surroundings } from "../terminal/streams.ts";
import { examples, NAME } from "./name.ts";

/** `simple-rnn`: the NumPy tutorial's program. */
export function addSimpleRnn(parent: Command, surroundings: Surroundings): void {
  addCommonOptions(parent.command("simple-rnn"), 42)
    .description("print what the NumPy tutorial's SimpleRNN(3, 5, 2) prints")
    .addHelpText("before", examples([`${NAME} simple-rnn`, `${NAME} simple-rnn --seed 7 --json`]))
    .action(async (options: CommonOptions) => {
      const { simpleRnn } = await import("../commands/simple-rnn.ts");
      simpleRnn(options, surroundings);
    });
}
