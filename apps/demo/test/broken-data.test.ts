import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { runHere } from "./run-here.ts";
import { daily, folderForTests, labelledWords } from "./small.ts";

const folder = folderForTests();
const at = (name: string): string => join(folder, name);
const file = (name: string, content: string | Uint8Array): string => {
  writeFileSync(at(name), content);
  return at(name);
};

const SALES = daily(120);
const WORDS = labelledWords(60);
const utf16 = (text: string): Uint8Array => Buffer.from(text, "utf16le");
/** A text with one of its lines, the first being 1, changed. */
const changed = (text: string, line: number, to: (line: string) => string): string =>
  text
    .split("\n")
    .map((each, i) => (i + 1 === line ? to(each) : each))
    .join("\n");

const trained = { series: at("series.safetensors"), classify: at("classify.safetensors") };
const TINY = ["--hidden", "4", "--updates", "5", "--quiet"];
const train = (task: keyof typeof trained, data: string, ...more: string[]) =>
  runHere(["train", task, "--data", data, ...TINY, "--out", trained[task], ...more]);

const before = new Map<string, Buffer>();
beforeAll(async () => {
  expect((await train("series", file("good.csv", SALES))).code).toBe(0);
  expect((await train("classify", file("good.tsv", WORDS))).code).toBe(0);
  for (const path of Object.values(trained)) before.set(path, readFileSync(path));
});

/** The data is refused with 3 and this message, by `train` and by `data show`, and what was trained is still there. */
async function expectRefused(task: keyof typeof trained, path: string, message: string): Promise<void> {
  for (const run of [await train(task, path), await runHere(["data", "show", path, "--task", task])]) {
    expect(run.stderr).toContain(`error: ${path}: ${message}`);
    expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 3, stdout: "" });
  }
  expect(readFileSync(trained[task]).equals(before.get(trained[task])!)).toBe(true);
}

describe("series", () => {
  test.each([
    [
      "a value is missing",
      changed(SALES, 9, () => "2020-01-08,"),
      "line 9, column sold: the value is missing, expected a number\n",
    ],
    [
      "a value is text",
      changed(SALES, 9, () => "2020-01-08,many"),
      'line 9, column sold: "many" is no number\n',
    ],
    [
      "a comma for the decimal point",
      changed(SALES, 9, () => '2020-01-08,"98,5"'),
      'line 9, column sold: "98,5" is no number\n',
    ],
    [
      "a row is too long",
      changed(SALES, 9, (line) => `${line},7`),
      "line 9 has 3 fields, expected 2 as line 1 has\n",
    ],
    [
      "a row is too short",
      changed(SALES, 9, () => "2020-01-08"),
      "line 9 has 1 field, expected 2 as line 1 has\n",
    ],
    [
      "a quotation mark stays open",
      changed(SALES, 9, (line) => line.replace(",", ',"')),
      "line 9: a quotation mark is not closed\n",
    ],
    [
      "time goes back",
      changed(SALES, 9, () => "2019-01-08,90"),
      "line 9: 2019-01-08 00:00 comes after 2020-01-07 00:00, expected time to go on\n",
    ],
    [
      "there is no such day",
      changed(SALES, 9, () => "2020-02-30,90"),
      'line 9, column day: "2020-02-30" is no date, expected one as 2015-12-31\n',
    ],
    [
      "all columns are text",
      "name,place\nAnn,here\nBob,there\n",
      'no column holds numbers: in line 2, column name, stands "Ann"\n',
    ],
    ["there is one line", "day,sold\n", "has nothing but line 1, expected rows of numbers below it\n"],
    [
      "there is one row",
      "day,sold\n2020-01-01,5\n",
      "the series has 1 row, too few to validate and to test\n",
    ],
    ["it is empty", "", "is empty, expected text\n"],
    [
      "it is Latin-1",
      Buffer.from(SALES.replace("sold", "verkäufe"), "latin1"),
      "byte 8, in line 1, is 0xe4, expected text in UTF-8\n",
    ],
    ["it is UTF-16", utf16(SALES), "byte 1, in line 1, is 0x00, expected text in UTF-8\n"],
  ])("%s", async (name, content, message) => {
    await expectRefused("series", file(`${name}.csv`, content), message);
  });

  test("a missing value is filled if asked, unless it is the first", async () => {
    const path = file(
      "gap.csv",
      changed(SALES, 9, () => "2020-01-08,NA"),
    );
    expect((await train("series", path, "--fill", "--out", at("filled.safetensors"))).code).toBe(0);
    const first = file(
      "first.csv",
      changed(SALES, 2, () => "2020-01-01,"),
    );
    const { code, stderr } = await train("series", first, "--columns", "sold", "--fill");
    expect(code).toBe(3);
    expect(stderr).toContain(
      "line 2, column sold: the value is missing, expected a number\nThere is no value before it",
    );
  });
});

describe("labelled lines", () => {
  test.each([
    ["a line has no tab", changed(WORDS, 9, () => "north"), "line 9 has no tab, expected label, tab, text\n"],
    ["a label is missing", changed(WORDS, 9, () => "\tbo"), "line 9 has no label\n"],
    ["a text is missing", changed(WORDS, 9, () => "north\t "), "line 9 has a label but no text\n"],
    ["there is one line", "north\tbo\n", "has 1 label, expected 2 to 1000\n"],
    ["all labels are the same", WORDS.replaceAll("south", "north"), "has 1 label, expected 2 to 1000\n"],
    [
      "a label is too rare",
      changed(WORDS, 5, () => "west\tzzzzzz"),
      "line 5: the label west has too few texts",
    ],
    [
      "rows are ragged",
      "label,text\nnorth,bo\nsouth\n",
      "line 3 has 1 field, expected 2: as the first line has\n",
    ],
    ["it is empty", "\ufeff", "is empty, expected text\n"],
    [
      "it is Latin-1",
      Buffer.from(WORDS.replace("\t", "\tä"), "latin1"),
      "in line 1, is 0xe4, expected text in UTF-8\n",
    ],
  ])("%s", async (name, content, message) => {
    const path = file(`${name}.tsv`, content);
    for (const run of [
      await train("classify", path),
      await runHere(["data", "show", path, "--task", "classify"]),
    ]) {
      expect(run.stderr).toContain(message);
      expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 3, stdout: "" });
    }
    expect(readFileSync(trained.classify).equals(before.get(trained.classify)!)).toBe(true);
  });
});

test.each(["series", "classify", "text"])("50 MB for %s are refused before they are read", async (task) => {
  const path = file("large.csv", "");
  truncateSync(path, 50e6);
  const { code, stdout, stderr } = await runHere([
    "train",
    task,
    "--data",
    path,
    ...TINY,
    "--out",
    at("no.safetensors"),
  ]);
  expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
  expect(stderr).toContain(`${path}: has 50.0 MB or more, expected at most 32.0 MB\n`);
});

test("data of the standard input are held to the same", async () => {
  const { code, stderr } = await runHere(
    ["train", "series", "--data", "-", ...TINY, "--out", at("no.safetensors")],
    {
      stdin: changed(SALES, 9, () => "2020-01-08,many"),
    },
  );
  expect(code).toBe(3);
  expect(stderr).toContain('error: standard input: line 9, column sold: "many" is no number\n');
});
