import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import type { ImportOptions, ShowOptions } from "../command-line/data.ts";
import { NAME } from "../command-line/name.ts";
import { type DataKind, dataKinds, kindOf } from "../data-sets.ts";
import { UsageError } from "../errors.ts";
import { importedPath } from "../imported.ts";
import { readInput } from "../input.ts";
import type { OutputOptions } from "../options.ts";
import { prepareToSave, save } from "../save.ts";
import { shellWords } from "../shell-words.ts";
import type { Surroundings } from "../terminal/streams.ts";

/** Writes the data sets that there are. */
export async function listCommand({ json }: OutputOptions, { stdout }: Surroundings): Promise<void> {
  const kinds = await dataKinds();
  const sets = kinds.flatMap((kind) => [
    ...Object.entries(kind.builtIn).map(([name, about]) => ({ name, task: kind.task, about })),
    ...importedOf(kind).map((name) => ({
      name,
      task: kind.task,
      about: `imported: ${importedPath(name, kind.endings[0]!)}`,
    })),
  ]);
  if (json) stdout.write(`${JSON.stringify({ data: sets })}\n`);
  else
    for (const { name, task, about } of sets) stdout.write(`${name.padEnd(12)} ${task.padEnd(9)} ${about}\n`);
}

function importedOf({ endings }: DataKind): string[] {
  const folder = importedPath("", "");
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => extname(file) === endings[0]);
  return files.map((file) => basename(file, extname(file))).sort();
}

/** Writes what is in a data set. */
export async function showCommand(
  given: string,
  options: ShowOptions,
  surroundings: Surroundings,
): Promise<void> {
  const kind = await kindOf(given, options.task);
  const { text, fields } = await kind.describe(given, surroundings, { ...options });
  surroundings.stdout.write(options.json ? `${JSON.stringify({ task: kind.task, ...fields })}\n` : text);
}

/** Checks a file and copies it to where --data finds it. */
export async function importCommand(
  given: string,
  options: ImportOptions,
  surroundings: Surroundings,
): Promise<void> {
  const { stdin, stdout } = surroundings;
  const kind = await kindOf(given, options.task);
  const input = await readInput(given, stdin, "a readable file", "");
  const name = options.name ?? input.name;
  if (!/^\w[\w .-]*$/.test(name) || Object.hasOwn(kind.builtIn, name))
    throw new UsageError(
      `a data set cannot be called ${JSON.stringify(name)}`,
      { name },
      "Choose letters, digits, - and _ with --name, and no name of a built-in one.",
    );
  const again = { ...surroundings, stdin: pieces(input.bytes) };
  const { text, fields } = await kind.describe(given, again, { ...options });
  const path = importedPath(name, kind.endings[0]!);
  await prepareToSave(path, "data");
  if (existsSync(path) && !(await readFile(path)).equals(input.bytes))
    throw new UsageError(
      `there is another ${path}`,
      { path },
      "Choose another name with --name, or remove it first.",
    );
  await save(path, input.bytes);
  const train = `${NAME} ${shellWords("train", kind.task, "--data", name)}`;
  if (options.json) stdout.write(`${JSON.stringify({ task: kind.task, path, ...fields })}\n`);
  else stdout.write(`${text}Saved: ${path}\nTrain on it: ${train}\n`);
}

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
