import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { bundleForNode } from "@unroll/testing";
import { merge, type Run, type RunResult, SweepError, type SweepOptions, sweep } from "@unroll/train/sweep";
import { afterAll, beforeEach, expect, test } from "vitest";
import { list } from "./support/sweep/list.ts";
import { run } from "./support/sweep/runs.ts";

const [program, runs, worker] = await Promise.all(
  ["./support/sweep/program.ts", "./support/sweep/runs.ts", "../src/sweep.worker.ts"].map((entry) =>
    bundleForNode(new URL(entry, import.meta.url)),
  ),
);
const root = mkdtempSync(join(tmpdir(), "unroll-sweep-"));
afterAll(async () => {
  rmSync(root, { recursive: true });
  await Promise.all([program, runs, worker].map((made) => made.remove()));
});

let folder = "";
let folders = 0;
const another = (): string => join(root, String(folders++));
beforeEach(() => {
  folder = another();
});

const swept = (which: readonly Run[], options: Partial<SweepOptions> = {}): Promise<RunResult[]> =>
  sweep(which, { module: runs.url, folder, threads: 2, script: worker.url, ...options });
const wrong = (how: string): Run => ({ name: how.replace(" ", "-"), settings: { how } });
const files = (of: string): Record<string, string> =>
  Object.fromEntries(readdirSync(of).map((name) => [name, readFileSync(join(of, name), "utf8")]));
const namesIn = (of: string): string[] => (existsSync(of) ? readdirSync(of) : []);
const thrown = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error) => error,
  );

// The oracle: each run alone, in this thread.
const expected = JSON.stringify(
  await Promise.all(
    list.map(async (each) => {
      const result = (await run(each.settings as never)) as object;
      return { ...each, result: { ...result, calls: 1 } }; // a thread of its own has seen no other
    }),
  ),
);

test("whole, or in three shards in any order, in folders of their own or one: the same bytes", async () => {
  expect(JSON.stringify(await swept(list))).toBe(expected);
  const whole = files(folder);
  expect(Object.keys(whole)).toHaveLength(list.length);
  expect(JSON.stringify(await merge(list, folder))).toBe(expected);

  const shards = [another(), another(), another()];
  for (const index of [2, 0, 1]) {
    const done = await swept(list, { folder: shards[index]!, shard: { index, count: 3 } });
    expect(done.map(({ name }) => name)).toEqual(
      list.filter((_, i) => i % 3 === index).map(({ name }) => name),
    );
  }
  expect(Object.assign({}, ...shards.map(files))).toEqual(whole);
  expect(JSON.stringify(await merge(list, shards))).toBe(expected);
  expect(JSON.stringify(await merge(list, [...shards].reverse()))).toBe(expected);

  const error = await thrown(merge(list, shards.slice(1)));
  expect(error).toBeInstanceOf(SweepError);
  expect((error as SweepError).details).toEqual({
    where: "merge",
    failed: [],
    missing: ["1-0.1", "2-0.01", "4-0.1", "5-0.01", "7-0.1"],
  });
});

test("killed and started again: what was done is not done again, and the bytes are the same", async () => {
  const paths = [folder, runs.url.href, worker.url.href];
  const child = spawn(process.execPath, [program.url.pathname, ...paths], { stdio: "inherit" });
  const ended = once(child, "exit");
  const done = (): string[] => namesIn(folder).filter((name) => name.endsWith(".json"));
  while (done().length < 2 && child.exitCode === null) await wait(2);
  child.kill("SIGKILL");
  expect(await ended).toEqual([null, "SIGKILL"]);
  const before = done();
  expect(before.length).toBeGreaterThanOrEqual(2);
  expect(before.length).toBeLessThan(list.length);
  const times = before.map((name) => statSync(join(folder, name)).mtimeMs);

  await swept(list.slice(-3)); // in another order
  expect(JSON.stringify(await swept(list))).toBe(expected);
  expect(before.map((name) => statSync(join(folder, name)).mtimeMs)).toEqual(times);
  expect(readdirSync(folder).sort()).toEqual(list.map(({ name }) => `${name}.json`).sort());
});

test("runs that fail are named when all are done, and tried again by the next sweep", async () => {
  const all = ["throws", "fine", "exits", "waits", "returns NaN", "well"].map(wrong);
  const error = await thrown(swept(all, { call: "wrong" }));
  expect(error).toBeInstanceOf(SweepError);
  expect(error).toMatchObject({
    name: "SweepError",
    details: {
      where: "sweep",
      missing: [],
      failed: [
        { name: "throws", message: "throws can't" },
        { name: "exits", message: "its thread ended with code 3" },
        { name: "waits", message: "its thread ended with code 0" },
        {
          name: "returns-NaN",
          message: expect.stringContaining("result.loss[1] is NaN, expected what JSON keeps"),
        },
      ],
    },
  });
  expect((error as Error).message).toContain(
    "sweep: 4 of 6 runs have no result: throws failed: throws can't; ",
  );
  expect(await merge([wrong("fine"), wrong("well")], folder)).toMatchObject([
    { result: "fine" },
    { result: "well" },
  ]);
  expect(await thrown(merge(all, folder))).toMatchObject({ details: { failed: { length: 4 } } });
  expect(await thrown(swept(all, { call: "none" }))).toMatchObject({
    details: {
      failed: expect.arrayContaining([
        { name: "exits", message: `${runs.url} exports no function named none` },
      ]),
    },
  });
  const [again] = await swept([wrong("throws")], {
    module: "data:text/javascript,export const run = () => 1",
  });
  expect(again!.result).toBe(1);
});

test("a signal ends busy threads at once, with its reason; nothing is left of them", async () => {
  const stop = new AbortController();
  const error = thrown(
    swept([wrong("is busy"), wrong("fine"), wrong("waits")], {
      call: "wrong",
      signal: stop.signal,
      threads: 1,
    }),
  );
  await wait(300);
  stop.abort(new RangeError("enough"));
  expect(await error).toEqual(new RangeError("enough"));
  expect(readdirSync(folder)).toEqual([]);
  expect(await thrown(swept(list, { signal: stop.signal, folder: another() }))).toEqual(
    new RangeError("enough"),
  );
});

test("a folder that takes no file ends the sweep with the file system's error", async () => {
  writeFileSync(folder, "");
  expect(await thrown(swept(list))).toMatchObject({ code: "EEXIST" });
});

test("a file that is broken or of other settings is named, and not written over", async () => {
  mkdirSync(folder);
  const path = join(folder, "fine.json");
  for (const text of [
    "",
    "null",
    "{",
    '{"name":"fine"}',
    '{"name":"well","settings":{"how":"fine"},"result":1}',
  ]) {
    writeFileSync(path, text);
    for (const error of [
      await thrown(swept([wrong("fine")])),
      await thrown(merge([wrong("fine")], folder)),
    ]) {
      expect(error).toMatchObject({ name: "FormatError", details: { path } });
      expect((error as Error).message).toContain(path);
    }
    expect(readFileSync(path, "utf8")).toBe(text);
  }
  writeFileSync(path, '{"name":"fine","settings":{"how":"else"},"result":1}');
  expect(await thrown(swept([wrong("fine")]))).toMatchObject({
    name: "StateError",
    message: `sweep: ${path} is of other settings: {"how":"else"}, expected {"how":"fine"}`,
  });
  const other = another();
  mkdirSync(other);
  for (const [of, result] of Object.entries({ [folder]: 1, [other]: 2 }))
    writeFileSync(join(of, "fine.json"), `{"name":"fine","settings":{"how":"fine"},"result":${result}}`);
  expect(await thrown(merge([wrong("fine")], [folder, other]))).toMatchObject({
    name: "StateError",
    message: "merge: the folders have different results of the run fine",
  });
});

const cycle: unknown[] = [];
cycle.push([cycle]);
test.each<[string, readonly Run[], Partial<SweepOptions>]>([
  [
    'runs[1].name is "A", expected another name than that of runs[0]',
    [
      { name: "a", settings: 1 },
      { name: "A", settings: 2 },
    ],
    {},
  ],
  ['runs[0].name is "../a"', [{ name: "../a", settings: 1 }], {}],
  ["runs[0].settings.rates[1] is Infinity", [{ name: "a", settings: { rates: [1, 1 / 0] } }], {}],
  ["runs[0].settings is Float64Array", [{ name: "a", settings: new Float64Array(2) }], {}],
  ["runs[0].settings.a is undefined", [{ name: "a", settings: { a: undefined } }], {}],
  ['runs[0].settings[0][0] is "a cycle"', [{ name: "a", settings: cycle }], {}],
  ["option threads is 0", list, { threads: 0 }],
  ["option shard.count is 0", list, { shard: { index: 0, count: 0 } }],
  ["option shard.index is 3, expected a whole number from 0 to 2", list, { shard: { index: 3, count: 3 } }],
  ['option module is "./runs.js"', list, { module: "./runs.js" }],
  ['option folder is ""', list, { folder: "" }],
])("refused before anything is done: %s", async (message, which, options) => {
  const error = await thrown(swept(which, options));
  expect(error).toMatchObject({ name: expect.stringMatching(/^(Value|Option)Error$/) });
  expect((error as Error).message).toContain(`sweep: ${message}`);
  expect(namesIn(folder)).toEqual([]);
});
