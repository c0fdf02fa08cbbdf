import type { Options } from "tsup";
import { program } from "../../tsup.program.ts";

const options: Options = program({ cli: "src/cli.ts" });

export default options;
