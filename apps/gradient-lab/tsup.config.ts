import type { Options } from "tsup";
import { program } from "../../tsup.program.ts";

/** The terminal program, beside the page that it serves. */
const options: Options = program({ "gradient-lab": "src/terminal/cli.ts" }, "dist/terminal");

export default options;
