import { examples, integer, path, rootCommand, type Surroundings } from "@unroll/terminal";
import { type Command, Option } from "commander";
import type { ComputeOptions } from "./compute.ts";
import { PICTURES } from "./pictures.ts";

/** How the program is called. */
const NAME = "npx pnpm lab";

/** Options of `run`. */
export interface RunOptions extends ComputeOptions {
  readonly json?: boolean;
}

/** Options of `render`. */
export interface RenderOptions extends ComputeOptions {
  readonly picture: (typeof PICTURES)[number];
  readonly out: string;
}

/** Options of `serve`. */
export interface ServeOptions {
  readonly port: number;
  readonly json?: boolean;
}

/** The command line. Each command loads its own code only when it is called, so that help appears at once. */
export function program(surroundings: Surroundings): Command {
  const root = rootCommand(NAME, surroundings)
    .description("Why gradients vanish and explode: the gradient lab. Without a command: serve.")
    .addHelpText(
      "before",
      examples([NAME, `${NAME} run '#v1&gain=0.8'`, `${NAME} render '#v1&gain=0.8' --out map.svg`]),
    );
  addRun(root, surroundings);
  addRender(root, surroundings);
  addServe(root, surroundings);
  return root;
}

const WHAT = "a link of the page, a .lab.json file that it saved, or a model of text from the demo";
const WITH = "how to look at a model, as '#v1&steps=60&text=…'";

function addRun(root: Command, surroundings: Surroundings): void {
  root
    .command("run")
    .argument("<link-or-file>", WHAT)
    .description("say what the page shows for a link or a file, with the same numbers")
    .addHelpText(
      "before",
      examples([
        `${NAME} run '#v1&gain=1.5'`,
        `${NAME} run '#v1&trained=200' --json`,
        `${NAME} run runs/moby-dick.safetensors --with '#v1&steps=60'`,
      ]),
    )
    .option("--with <link>", WITH)
    .option("--json", "write all numbers, as the page saves them")
    .option("--quiet", "say nothing of what had to be changed in it")
    .action(async (what: string, options: RunOptions) => {
      const { runCommand } = await import("./commands/run.ts");
      await runCommand(what, options, surroundings);
    });
}

function addRender(root: Command, surroundings: Surroundings): void {
  root
    .command("render")
    .argument("<link-or-file>", WHAT)
    .description("draw a picture of the page as an SVG file")
    .addHelpText(
      "before",
      examples([
        `${NAME} render '#v1&gain=1.5' --out map.svg`,
        `${NAME} render '#v1&t=20' --picture curves --out -`,
      ]),
    )
    .option("--with <link>", WITH)
    .addOption(new Option("--picture <name>", "which one").choices([...PICTURES]).default("map"))
    .addOption(
      new Option("--out <file>", "where to write it; - for the standard output")
        .argParser(path)
        .makeOptionMandatory(),
    )
    .option("--quiet", "say nothing of what had to be changed in it")
    .action(async (what: string, options: RenderOptions) => {
      const { renderCommand } = await import("./commands/render.ts");
      await renderCommand(what, options, surroundings);
    });
}

function addServe(root: Command, surroundings: Surroundings): void {
  root
    .command("serve")
    .description("serve the page on this machine until Ctrl-C")
    .addHelpText("before", examples([NAME, `${NAME} serve --port 8000`]))
    .addOption(new Option("--port <number>", "0 for a free one").default(0).argParser(integer(0, 65_535)))
    .option("--json", "write the address for machines")
    .action(async (options: ServeOptions) => {
      const { serveCommand } = await import("./commands/serve.ts");
      await serveCommand(options, surroundings);
    });
}
