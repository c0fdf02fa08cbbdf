import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCli } from "./run-cli.ts";
import { daily, folderForTests, labelledWords } from "./small.ts";

const folder = folderForTests();
const demo = (args: readonly string[], stdin?: string) =>
  runCli(args, { cwd: folder, ...(stdin !== undefined && { stdin }) });
writeFileSync(join(folder, "raw.csv"), daily(120));

test("an imported file is found by its name, by train and by show", async () => {
  const { code, stdout } = await demo(["data", "import", "raw.csv", "--name", "sales"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^raw: 1 column of numbers, a row a day\n/);
  expect(stdout).toContain("Saved: data/sales.csv\nTrain on it: npx pnpm demo train series --data sales\n");
  expect(readFileSync(join(folder, "data/sales.csv"), "utf8")).toBe(daily(120));
  const train = ["train", "series", "--data", "sales", "--hidden", "4", "--updates", "5", "--quiet"];
  expect((await demo(train)).code).toBe(0);
  expect(existsSync(join(folder, "runs/sales.safetensors"))).toBe(true);
  const list = await demo(["data", "list"]);
  expect(list.stdout).toMatch(/^sales +series +imported: data\/sales\.csv$/m);
});

test("lines of the standard input, for a task that is named", async () => {
  const words = ["data", "import", "-", "--task", "classify", "--name", "words"];
  const { code, stdout } = await demo([...words, "--json"], labelledWords(60));
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ task: "classify", path: "data/words.tsv" });
  const shown = await demo(["data", "show", "words"]);
  expect(shown.stdout).toMatch(/^words: \d+ lines with 2 labels/);
});

test("nothing is overwritten, no name of a built-in set is taken, nothing broken is kept", async () => {
  writeFileSync(join(folder, "other.csv"), daily(90));
  await demo(["data", "import", "raw.csv", "--name", "kept"]);
  const other = await demo(["data", "import", "other.csv", "--name", "kept"]);
  expect(other).toMatchObject({ code: 2, stdout: "" });
  expect(readFileSync(join(folder, "data/kept.csv"), "utf8")).toBe(daily(120));
  expect((await demo(["data", "import", "raw.csv", "--name", "births"])).code).toBe(2);
  expect((await demo(["data", "import", "raw.csv", "--name", "../x"])).code).toBe(2);
  writeFileSync(join(folder, "broken.csv"), "day,sold\n2020-01-01,5\n2020-01-02\n");
  expect((await demo(["data", "import", "broken.csv"])).code).toBe(3);
  expect(existsSync(join(folder, "data/broken.csv"))).toBe(false);
});
