import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { runHere } from "./run-here.ts";
import { events, folderForTests, labelledWords } from "./small.ts";

const folder = folderForTests();
const at = (name: string): string => join(folder, name);

const lines = at("words.tsv");
const model = at("words.safetensors");
const SMALL = ["--hidden", "12", "--summary", "6", "--updates", "120", "--lr", "0.01", "--drop", "0"];
const train = (...more: string[]) =>
  runHere(["train", "classify", "--data", lines, ...SMALL, "--out", model, "--quiet", ...more]);

beforeAll(async () => {
  writeFileSync(lines, labelledWords(150));
  expect((await train()).code).toBe(0);
});

describe("train classify", () => {
  test("the table, naive Bayes beside it, and who was taken for whom; the endings are learned", async () => {
    const { code, stdout } = await train("--out", at("again.safetensors"));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^30 lines to test, in % \(more are better\), after 120 steps in 0:0\d:\n/);
    for (const rule of ["always south", "naive Bayes, 3-grams", "naive Bayes, 4-grams"])
      expect(stdout).toMatch(new RegExp(`\n {2}${rule} +[\\d.]+ +[\\d.]+ +[\\d.]+\n`));
    expect(stdout).toMatch(/\n> elman 12\+6 +100\.0 +100\.0 +100\.0\n/);
    expect(stdout).toMatch(/\nis \\ said +nor +sou +recall +F1 +Bayes\n/);
    expect(readFileSync(at("again.safetensors")).equals(readFileSync(model))).toBe(true);
  });

  test("--json has the confusion table, every line of the test part in it", async () => {
    const { stdout } = await train("--json", "--seeds", "2", "--out", at("two.safetensors"));
    const { network, seeds, confusion } = events(stdout).at(-1) as unknown as {
      network: { accuracy: number };
      seeds: { accuracy: number }[];
      confusion: number[][];
    };
    expect(seeds).toHaveLength(2);
    expect(confusion.flat().reduce((a, b) => a + b)).toBe(30);
    expect((confusion[0]![0]! + confusion[1]![1]!) / 30).toBe(network.accuracy);
  });

  test("what it does not know is refused", async () => {
    expect((await train("--smoothing", "1")).code).toBe(2);
    expect((await train("--drop", "2")).stderr).toContain("Expected a number at least 0 and at most 1.");
  });
});

describe("classify", () => {
  test("texts of the command line, of the standard input, of a file", async () => {
    const { code, stdout, stderr } = await runHere(["classify", model, "takissen", "Mobalino"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(
      /^takissen +north [\d.]+ % +south [\d.]+ %\nMobalino +south [\d.]+ % +north [\d.]+ %\n$/,
    );
    const piped = await runHere(["classify", model, "-"], { stdin: "takissen\n\nMobalino\n" });
    expect(piped.stdout).toBe(stdout);
    writeFileSync(at("list.txt"), "takissen\r\nMobalino");
    expect((await runHere(["classify", model, "--file", at("list.txt")])).stdout).toBe(stdout);
  });

  test("--json: probabilities that sum to 1, a line for each text", async () => {
    const { stdout } = await runHere(["classify", model, "takissen", "bo", "--json"]);
    const answers = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(answers).toHaveLength(2);
    expect(answers[0].label).toBe("north");
    expect(answers[0].probabilities.north + answers[0].probabilities.south).toBeCloseTo(1, 12);
  });

  test("--explain: the ending decides", async () => {
    const { stdout } = await runHere(["classify", model, "takissen", "--explain", "--json"]);
    const { symbols } = JSON.parse(stdout) as { symbols: { symbol: string; share: number; pull: number }[] };
    expect(symbols.map(({ symbol }) => symbol)).toEqual(["start", ..."takissen", "end"]);
    expect(symbols.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    const pulls = (from: number, to: number) =>
      symbols.slice(from, to).reduce((sum, { pull }) => sum + pull, 0);
    expect(pulls(5, 9)).toBeGreaterThan(pulls(1, 5));
    const text = await runHere(["classify", model, "takissen", "--explain"], {
      terminal: 50,
      env: { NO_COLOR: "1" },
    });
    expect(text.stdout).toMatch(/\n {2}reads +start +t +a +k +i +s\n {2}decides, % +\d+/);
    expect(text.stdout.split("\n").every((line) => line.length <= 50)).toBe(true);
    const colored = await runHere(["classify", model, "takissen", "--explain"], { terminal: 100 });
    expect(colored.stdout).toContain("\u001b[32m");
  });

  test("unknown characters are named, nothing to label is a mistake", async () => {
    const { code, stderr } = await runHere(["classify", model, "鯨ino"]);
    expect(code).toBe(0);
    expect(stderr).toBe('The network never saw these characters: "鯨"\n');
    expect((await runHere(["classify", model])).code).toBe(2);
    expect((await runHere(["classify", model, "-"], { stdin: " \n" })).code).toBe(2);
    expect((await runHere(["classify", model, "a", "--file", lines])).code).toBe(2);
  });
});

describe("eval, compare, data", () => {
  test("eval gives the table of the run; on other lines, all of them", async () => {
    const { stdout: trained } = await train("--out", at("third.safetensors"));
    const { stdout } = await runHere(["eval", model]);
    expect(stdout.split("\n").slice(1)).toEqual(trained.split("\n").slice(1, -2).concat(""));
    writeFileSync(at("few.tsv"), "north\tbassen\nsouth\tpolino\n");
    const few = await runHere(["eval", model, "--data", at("few.tsv"), "--json"]);
    expect(JSON.parse(few.stdout)).toMatchObject({
      task: "classify",
      items: 2,
      confusion: [
        [1, 0],
        [0, 1],
      ],
    });
    writeFileSync(at("west.tsv"), "north\tbassen\nwest\tpolino\n");
    const west = await runHere(["eval", model, "--data", at("west.tsv")]);
    expect(west.code).toBe(3);
    expect(west.stderr).toContain(
      "west.tsv: line 2: the network does not know the label west\nIt knows: north, south\n",
    );
  });

  test("compare and data show", async () => {
    await train("--hidden", "10", "--out", at("ten.safetensors"));
    const { stdout } = await runHere(["compare", model, at("ten.safetensors")]);
    expect(stdout).toMatch(/\nhidden +12 +10\n/);
    expect(stdout).toMatch(/ten\.safetensors +elman 10\+6 +[\d.]+ +[\d.]+ +[\d.]+\n/);
    const shown = await runHere(["data", "show", lines, "--task", "classify"]);
    expect(shown.stdout).toMatch(/^words: \d+ lines with 2 labels, \d+ symbols, at most \d+ characters\n/);
  });

  test("a model of another task is refused, runs of two tasks are not compared", async () => {
    const forecast = await runHere(["forecast", model]);
    expect(forecast.code).toBe(3);
    expect(forecast.stderr).toContain("expected one that train series saved");
    const generate = await runHere(["generate", model]);
    expect(generate.code).toBe(3);
  });
});
