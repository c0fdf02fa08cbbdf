import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { CLI, runCli } from "./run-cli.ts";
import { runHere } from "./run-here.ts";
import { folderForTests, SMALL, smallFile } from "./small.ts";

const folder = folderForTests();
const sea = smallFile(folder);
const model = join(folder, "models", "sea.safetensors");
const TRAIN = ["train", "text", "--data", sea, ...SMALL, "--quiet", "--out", model];
const train = (...words: string[]) => runCli([...TRAIN, ...words]);
let before = Buffer.alloc(0);

beforeAll(async () => {
  expect((await train()).code).toBe(0);
  before = readFileSync(model);
});

/** What an earlier run saved is there as it was, and nothing else. */
function expectUntouched(): void {
  expect(readFileSync(model).equals(before)).toBe(true);
  expect(readdirSync(join(folder, "models"))).toEqual(["sea.safetensors"]);
}

describe("usage: 2", () => {
  test.each([
    [["--hidden", "0"], "option '--hidden <units>' argument '0' is invalid. Expected an integer at least 1."],
    [["--layers", "1.5"], "option '--layers <count>' argument '1.5' is invalid."],
    [["--seq-len", "ten"], "option '--seq-len <characters>' argument 'ten' is invalid."],
    [["--batch", "-4"], "option '--batch <streams>' argument '-4' is invalid."],
    [["--updates", "1e3"], "option '--updates <count>' argument '1e3' is invalid."],
    [["--lr", "0"], "option '--lr <rate>' argument '0' is invalid. Expected a number above 0."],
    [["--lr", "NaN"], "option '--lr <rate>' argument 'NaN' is invalid."],
    [["--clip", "Infinity"], "option '--clip <norm>' argument 'Infinity' is invalid."],
    [["--truncate", "5,0"], "option '--truncate <k1,k2>' argument '5,0' is invalid."],
    [["--truncate", "1,2,3"], "Expected one or two integers at least 1, as in 20,40."],
    [["--seed", "-1"], "option '--seed <integer>' argument '-1' is invalid."],
    [["--data", ""], "option '--data <text>' argument '' is invalid. Expected the name of a file."],
    [["--epochs", "2"], "option '--epochs <count>' cannot be used with option '--updates <count>'"],
    [["--hiden", "3"], "unknown option '--hiden'\n(Did you mean --hidden?)"],
    [["more"], "too many arguments"],
  ])("train text %j", async (words, message) => {
    const { code, stdout, stderr } = await runHere([...TRAIN, ...words]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
    expectUntouched();
  });

  test.each([
    [["generate"], "missing required argument 'model'"],
    [["generate", model, "--temperature", "-1"], "Expected a number at least 0."],
    [["generate", model, "--length", "-1"], "Expected an integer from 0 to 1000000."],
    [["generate", model, "--top-k", "x"], "Expected an integer at least 0."],
    [["train"], "Usage: npx pnpm demo train"],
    [["train", "txt"], "unknown command 'txt'\n(Did you mean text?)"],
  ])("%j", async (words, message) => {
    const { code, stdout, stderr } = await runHere(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
  });
});

describe("data: 3", () => {
  test.each([
    ["short.txt", "x".repeat(51), "short: the text has 51 characters, expected at least 52: "],
    ["empty.txt", "", "empty.txt: is empty, expected text"],
    [
      "picture.txt",
      Uint8Array.of(0x89, 0x50),
      "picture.txt: byte 0, in line 1, is 0x89, expected text in UTF-8",
    ],
  ])("%s", async (name, content, message) => {
    writeFileSync(join(folder, name), content);
    const { code, stdout, stderr } = await train("--data", join(folder, name));
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toContain(message);
    expectUntouched();
  });

  test("the shortest text that fills one window", async () => {
    writeFileSync(join(folder, "least.txt"), "ab".repeat(26));
    const words = ["--data", join(folder, "least.txt"), "--out", join(folder, "least.safetensors")];
    expect((await train(...words)).code).toBe(0);
  });

  test("--fold of a text that has nothing to fold to", async () => {
    writeFileSync(join(folder, "whale.txt"), "鯨".repeat(100));
    const { code, stderr } = await train("--data", join(folder, "whale.txt"), "--fold");
    expect(code).toBe(3);
    expect(stderr).toContain("is empty after folding, expected text");
  });
});

describe("the disk: 1", () => {
  test.each([
    ["a folder", () => join(folder, "models"), "it is a folder, expected a file"],
    ["a path through a file", () => join(sea, "model"), "cannot be written: "],
    ["a text", () => sea, "there is a file of another kind, which would be lost"],
  ])("%s in the place of the model is found before training", async (_, out, message) => {
    const text = readFileSync(sea);
    const { code, stdout, stderr } = await train("--out", out());
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(message);
    expect(readFileSync(sea).equals(text)).toBe(true);
  });

  test("a full disk leaves the file of the earlier run", async () => {
    // The system refuses files of more than 4 blocks, as a full disk does, and takes the part that fits.
    const listen = 'data:text/javascript,process.on("SIGXFSZ",()=>{})';
    const words = ["--import", listen, CLI, ...TRAIN, "--hidden", "40"];
    const limited = promisify(execFile)("sh", [
      "-c",
      'ulimit -f 4 && exec "$@"',
      "sh",
      process.execPath,
      ...words,
    ]);
    await expect(limited).rejects.toMatchObject({
      code: 1,
      stderr: `error: ${model} cannot be written: the file would be larger than the system permits\n`,
    });
    expectUntouched();
  });

  test("a folder in which nothing can be written", async () => {
    const locked = join(folder, "locked");
    mkdirSync(locked, { mode: 0o500 });
    const { code } = await train("--out", join(locked, "model.safetensors"));
    // The superuser may write there all the same.
    expect(code).toBe(process.getuid?.() === 0 ? 0 : 1);
  });

  test("a network that no memory holds", async () => {
    const { code, stderr } = await train("--hidden", "1000000");
    expect(code).toBe(1);
    expect(stderr).toMatch(/error: .*could not get \d+ bytes/);
    expectUntouched();
  });
});

describe("divergence: 4", () => {
  test("the step is named, advice is given, and the earlier file stays", async () => {
    const { code, stdout, stderr } = await train("--lr", "1e38", "--json");
    expect(code).toBe(4);
    expect(stderr).toMatch(/error: training diverged: .*\d/);
    expect(stderr).toContain("Try a smaller --lr (it was 1e+38) or --clip (it was 0.25).");
    const { event, code: kind, details } = JSON.parse(stdout.trim().split("\n").at(-1)!);
    expect({ event, kind }).toEqual({ event: "error", kind: "diverged" });
    expect(details.update).toBeGreaterThanOrEqual(1);
    expectUntouched();
  });
});
