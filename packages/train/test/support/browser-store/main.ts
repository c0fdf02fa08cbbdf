import { browserStore, readCheckpoint } from "@unroll/train";
import { numberOf, patterned } from "../patterned.ts";
import { optimizerOf, recordedRun } from "../recorded-run.ts";

/** Saves a file of that number and resolves to the name of the error, if there is one. */
export async function save(name: string, number: number): Promise<string | undefined> {
  try {
    await browserStore(name).save(patterned(number));
    return undefined;
  } catch (error) {
    return (error as Error).name;
  }
}

/** The number of what is there; undefined if nothing is, -1 if it is not whole. */
export async function load(name: string): Promise<number | undefined> {
  const bytes = await browserStore(name).load();
  return bytes && numberOf(bytes);
}

export function remove(name: string): Promise<void> {
  return browserStore(name).remove();
}

/** Saves one file after the other until the page is no more, and shows the number of the last one that is saved. */
export function saveForever(name: string, first: number): void {
  const store = browserStore(name);
  const go = async (): Promise<void> => {
    for (let number = first; ; number++) {
      await store.save(patterned(number));
      document.title = String(number);
    }
  };
  void go();
}

/** A run that is saved at its middle, loaded, and gone on with: whether it ends as one that was not. */
export async function resumes(name: string): Promise<boolean> {
  const store = browserStore(name);
  const files: Uint8Array[] = [];
  const last = await recordedRun(undefined, (file) => files.push(file));
  await store.save(files[100] as Uint8Array);
  const loaded = await store.load();
  if (!loaded || readCheckpoint(loaded, optimizerOf).model.optimizerState?.step !== 101) return false;
  const again = await recordedRun(loaded);
  return again.length === last.length && again.every((byte, i) => byte === last[i]);
}
