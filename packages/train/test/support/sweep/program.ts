import { sweep } from "@unroll/train/sweep";
import { list } from "./list.ts";

// Does the runs of the list, in the folder that is named, with the module and the threads' program that are named.
const [, , folder, module, script] = process.argv as [string, string, string, string, string];
await sweep(list, { module, folder, script, threads: 2 });
