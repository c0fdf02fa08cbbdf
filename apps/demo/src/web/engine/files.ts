import { DataError } from "../../errors.ts";
import { inFile } from "../../training/run-file.ts";

/** Longest file that is taken, in bytes: it is held several times. */
const MOST = 20e6;

/** @throws DataError if a file is larger than a page should hold */
export function checkSize(name: string, { length }: Uint8Array): void {
  if (length > MOST)
    throw new DataError(name, `has ${megabytes(length)}, expected at most ${megabytes(MOST)}`);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** @throws DataError if the settings are not what a run can have */
export function settingsOr<Settings>(settings: Settings | undefined, wanted: object): Settings {
  if (settings) return settings;
  throw new DataError("Training", "its settings are not what a run can have", { wanted });
}

/** What a file says of what its run reached: the updates, and the figures of its task. */
export function figuresIn(
  name: string,
  metadata: ReadonlyMap<string, string>,
): { readonly updates: number } & Readonly<Record<string, unknown>> {
  return inFile(name, "", () => {
    const figures = JSON.parse(metadata.get("figures") ?? "{}");
    const { step = 0 } = JSON.parse(metadata.get("training") ?? "{}");
    const updates: unknown = figures.updates ?? step;
    return { ...figures, updates: Number.isSafeInteger(updates) ? (updates as number) : 0 };
  });
}
