import { createColors } from "picocolors";
import type { Signals } from "./interrupt.ts";

/** A place to write. `isTTY` and `columns` are those of a terminal. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** Where the program reads and writes, and what surrounds it. Tests put their own here. */
export interface Surroundings {
  readonly stdin: AsyncIterable<Uint8Array | string>;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signals: Signals;
}

export type Colors = ReturnType<typeof createColors>;

/** Colors for `output`: off by --no-color or NO_COLOR, on by FORCE_COLOR, else where a terminal shows them. */
export function colorsFor(output: Output, env: Surroundings["env"], wanted: boolean): Colors {
  if (!wanted || env.NO_COLOR) return createColors(false);
  if (env.FORCE_COLOR) return createColors(env.FORCE_COLOR !== "0");
  return createColors(isLive(output, env));
}

/** Whether lines can be drawn over: a terminal that moves its cursor, and not a log of continuous integration. */
export function isLive(output: Output, env: Surroundings["env"]): boolean {
  return output.isTTY === true && env.TERM !== "dumb" && !env.CI;
}

/** Characters in a line of the terminal: at least 40, and 80 where nothing is known. */
export function widthOf(output: Output): number {
  return Math.max(40, output.columns || 80);
}
