import { build } from "tsup";
import options from "../tsup.config.ts";

/** Builds the program once for the tests that run it as a process, from the sources as they are now. */
export default async function setup(): Promise<void> {
  await build({ ...options, config: false, outDir: "test/dist", silent: true });
}
