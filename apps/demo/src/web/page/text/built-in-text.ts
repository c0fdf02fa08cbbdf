import address from "@unroll/datasets/moby-dick.txt?url";
import { BUILT_IN } from "../../../text/built-in.ts";
import { fetched } from "../../browser/files.ts";
import type { Given } from "../../engine/messages.ts";

/** The text that comes with the page. */
export async function builtInText(): Promise<Given> {
  return { name: BUILT_IN, bytes: await fetched(address), fold: true };
}
