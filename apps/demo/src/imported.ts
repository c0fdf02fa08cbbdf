import { existsSync } from "node:fs";
import { join } from "node:path";

/** Where `data import` puts files, beside `runs`. */
const FOLDER = "data";

/** The file of an imported data set. */
export function importedPath(name: string, ending: string): string {
  return join(FOLDER, name + ending);
}

/** What --data says, or the imported file of that name where there is no such file. */
export function importedOr(given: string, ending: string): string {
  const imported = importedPath(given, ending);
  const isName = /^[\w-][\w .-]*$/.test(given) && given !== "-";
  return isName && !existsSync(given) && existsSync(imported) ? imported : given;
}
