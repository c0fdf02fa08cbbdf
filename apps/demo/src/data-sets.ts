import { DataError } from "./errors.ts";
import { importedOr } from "./imported.ts";
import type { Finding } from "./tasks.ts";
import type { Surroundings } from "./terminal/streams.ts";

/** What the commands about data ask of a kind of data. */
export interface DataKind {
  /** The task that learns from it: `train` and this. */
  readonly task: string;
  /** Endings of its files, the one of imported files first. */
  readonly endings: readonly string[];
  /** The data sets that come with the demo, and what they are. */
  readonly builtIn: Readonly<Record<string, string>>;
  /** Reads it as `train` would, and says what is in it. @throws DataError */
  describe(
    given: string,
    surroundings: Surroundings,
    options: Readonly<Record<string, unknown>>,
  ): Promise<Finding>;
}

/** All kinds of data. */
export async function dataKinds(): Promise<readonly DataKind[]> {
  const kinds = [
    import("./text/data-kind.ts"),
    import("./series/data-kind.ts"),
    import("./classify/data-kind.ts"),
  ];
  return (await Promise.all(kinds)).map(({ kind }) => kind);
}

/** The kind of a data set, by its name, its ending or where it was imported to. @throws DataError if neither says it */
export async function kindOf(given: string, task?: string): Promise<DataKind> {
  const kinds = await dataKinds();
  const found =
    kinds.find((kind) => kind.task === task) ??
    kinds.find(({ builtIn }) => Object.hasOwn(builtIn, given)) ??
    kinds.find(({ endings }) => endings.some((ending) => given.toLowerCase().endsWith(ending))) ??
    kinds.find(({ endings }) => importedOr(given, endings[0]!) !== given);
  if (found) return found;
  const expected = kinds.map(({ task: name }) => name).join(", ");
  throw new DataError(given, "does not say what it is", { expected }, `Say it with --task: ${expected}.`);
}
