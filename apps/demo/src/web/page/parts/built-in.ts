import { fetched } from "../../browser/files.ts";
import type { BuiltInData } from "./data-panel.tsx";

/** Data that comes with the page, at an address of its own. */
export function builtIn(name: string, label: string, address: string): BuiltInData {
  return { name, label, load: async () => ({ name, bytes: await fetched(address) }) };
}
