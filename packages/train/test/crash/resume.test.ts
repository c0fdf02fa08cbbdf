import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { readSafetensors, type SafetensorsFile, writeSafetensors } from "@unroll/io";
import { describe, expect, test } from "vitest";
import { buildProgram } from "../support/build-program.ts";
import { recordedRun } from "../support/recorded-run.ts";

/** Processes among which the 200 resumptions are shared: one for each by `npx pnpm --filter @unroll/train crash`. */
const PROCESSES = Number(process.env.CRASH_PROCESSES ?? 4);

const program = await buildProgram(new URL("resume-program.ts", import.meta.url));
const files: Uint8Array[] = [];
const last = await recordedRun(undefined, (file) => files.push(file));
const hash = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** The hash of the last file of each run, resumed in a process that knows nothing but the files. */
async function resumed(list: readonly Uint8Array[]): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "unroll-resume-"));
  try {
    const paths = list.map((file, i) => {
      const path = join(folder, `${i}.safetensors`);
      writeFileSync(path, file);
      return path;
    });
    const { stdout } = await promisify(execFile)(process.execPath, [program, ...paths]);
    return stdout.trim().split("\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test(`resumed at each of 200 updates, in ${PROCESSES} fresh processes, the run ends with the same file`, async () => {
  expect(files).toHaveLength(200);
  expect(files[199]).toEqual(last);
  const shares = Array.from({ length: PROCESSES }, (_, p) => files.filter((_, i) => i % PROCESSES === p));
  for (const share of shares) expect(await resumed(share)).toEqual(share.map(() => hash(last)));
});

describe("the comparison notices if a file forgets", () => {
  const names = [...readSafetensors(files[100]!).tensors.keys()].filter((name) => !/^\d|readout/.test(name));
  /** Resumed where the best parameters of the run are known, or before. */
  const ended = async (change: (file: SafetensorsFile) => void, at: 60 | 100 = 100): Promise<string> => {
    const file = readSafetensors(files[at]!.slice());
    change(file);
    return hash(await recordedRun(writeSafetensors(file.tensors, file.metadata)));
  };

  test("but for nothing it does not", async () => {
    expect(names).toHaveLength(9);
    expect(await ended(() => {})).toBe(hash(last));
  });

  test.each(names)("%s", async (name) => {
    const changed = ended(
      ({ tensors }) => {
        const { data } = tensors.get(name)!;
        data[0] = name === "random.words" ? data[1]! : 0;
      },
      name === "best.parameters" ? 100 : 60,
    );
    expect(await changed).not.toBe(hash(last));
  });

  test.each(["misses", "loss", "best.step", "step", "from"])("%s", async (name) => {
    const changed = ended(({ metadata }) => {
      const record = JSON.parse(metadata.get("training")!);
      const at = ["step", "from"].includes(name) ? record : record.best;
      at[name.replace("best.", "")] += name === "misses" ? 1 : -1;
      metadata.set("training", JSON.stringify(record));
    });
    expect(await changed).not.toBe(hash(last));
  });
});
