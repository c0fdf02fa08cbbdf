import { FormatError, UnrollError } from "@unroll/kernels";
import { RandomState } from "@unroll/linalg";
import { adam } from "@unroll/optim";
import { readCheckpoint, writeCheckpoint } from "@unroll/train";
import { expect, test } from "vitest";
import { recordedRun } from "../support/recorded-run.ts";
import { hostileCheckpoint } from "./hostile-checkpoint.ts";

/** npx pnpm --filter @unroll/train fuzz */
const count = Number(process.env.FUZZ_INPUTS ?? 1500);
const seed = Number(process.env.FUZZ_SEED ?? 1);

const files: Uint8Array[] = [];
await recordedRun(undefined, (file) => files.push(file));
const good = files[120]!;

/** Milliseconds of the processor, the best of three. */
function watched(read: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 3 && best > 100; attempt++) {
    const began = process.cpuUsage();
    read();
    const { user, system } = process.cpuUsage(began);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

/** What becomes of the bytes: the code of the error, "accepted", or throws what should not be. */
function outcome(bytes: Uint8Array, intact: boolean): string {
  try {
    const { version: _version, model, ...contents } = readCheckpoint(bytes, adam());
    // What is read can be written, and is the same again.
    const file = writeCheckpoint(model, contents);
    const { version: _, model: again, ...rest } = readCheckpoint(file, adam());
    if (!Buffer.from(writeCheckpoint(again, rest)).equals(file)) throw new Error("comes back changed");
    return "accepted";
  } catch (error) {
    if (intact || !UnrollError.is(error)) throw error;
    if (error instanceof FormatError && !((error.details.offset as number) <= bytes.length))
      throw new Error(`points at ${error.details.offset} of ${bytes.length} bytes`);
    return error.code;
  }
}

test(`${count} hostile checkpoints, seed ${seed}: read whole, or refused by a typed error`, () => {
  const random = new RandomState(seed);
  const counts: Record<string, number> = {};
  for (let i = 0; i < count; i++) {
    const { bytes, intact } = hostileCheckpoint(good, random);
    let code = "";
    try {
      const took = watched(() => {
        code = outcome(bytes, intact);
      });
      if (process.env.FUZZ_LIMITS && took > 100) throw new Error(`takes ${took} ms`);
    } catch (error) {
      throw new Error(
        `input ${i} of seed ${seed}: ${error}\n${JSON.stringify(Buffer.from(bytes).toString("latin1"))}`,
        {
          cause: error,
        },
      );
    }
    counts[code] = (counts[code] ?? 0) + 1;
  }
  expect(Object.keys(counts).sort()).toEqual(["accepted", "format", "option", "unsupported"]);
  expect(counts.accepted).toBeGreaterThan(count / 10);
  expect(counts.format).toBeGreaterThan(count / 4);
});
