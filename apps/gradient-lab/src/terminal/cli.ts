import { runProcess } from "@unroll/terminal";
import { run } from "./run.ts";

await runProcess(run);
