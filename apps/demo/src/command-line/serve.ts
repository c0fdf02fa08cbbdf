import { examples, integer, type Surroundings } from "@unroll/terminal";
import { type Command, Option } from "commander";
import { NAME } from "./name.ts";

export interface ServeOptions {
  readonly port: number;
  readonly json?: boolean;
}

/** `serve`: the page. */
export function addServe(parent: Command, surroundings: Surroundings): void {
  parent
    .command("serve")
    .description("serve the page of the demo to this machine, until Ctrl-C")
    .addHelpText("before", examples([`${NAME} serve`, `${NAME} serve --port 8080`]))
    .addOption(new Option("--port <number>", "0 for a free one").default(0).argParser(integer(0, 65_535)))
    .option("--json", "write the address as JSON")
    .action(async (options: ServeOptions) => {
      const { serveCommand } = await import("../commands/serve.ts");
      await serveCommand(options, surroundings);
    });
}
