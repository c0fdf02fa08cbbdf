import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { runHere } from "./run-here.ts";
import { daily, events, folderForTests } from "./small.ts";

const folder = folderForTests();
const at = (name: string): string => join(folder, name);
const file = (name: string, content: string | Uint8Array): string => {
  writeFileSync(at(name), content);
  return at(name);
};

const SMALL = ["--hidden", "4", "--updates", "20"];
const model = at("sales.safetensors");
const sales = at("sales.csv");
const train = (...words: string[]) =>
  runHere(["train", "series", "--data", sales, ...SMALL, "--out", model, ...words]);

beforeAll(async () => {
  writeFileSync(sales, daily(200));
  expect((await train("--quiet")).code).toBe(0);
});

describe("train series", () => {
  test("plain lines, the table of the simple rules, and the file", async () => {
    const { code, stdout, stderr } = await train("--out", at("plain.safetensors"));
    expect(code).toBe(0);
    expect(stderr).toContain(
      "sales: sold; 140 rows to learn from, 20 to validate, 40 to test; 2020-01-01 to ",
    );
    expect(stderr.match(/^step \d+\/20 .* validation [\d.]+ MAE sold/gm)).toHaveLength(10);
    expect(stdout).toMatch(
      /^MAE \(RMSE\) on the test part, smaller is better, after 20 steps in 0:0\d:\nsold /,
    );
    for (const rule of ["last row", "7 rows ago", "least squares, lags 1, 2, 7, 8", "> elman 4"])
      expect(stdout).toContain(`${rule}  `);
    expect(stdout).toMatch(/\nSaved: .*plain\.safetensors\n$/);
    expect(stderr).toContain(`npx pnpm demo train series --data ${sales} --seeds 10\n`);
    expect(readFileSync(at("plain.safetensors")).equals(readFileSync(model))).toBe(true);
  });

  test("--json: events and the figures of every rule, in the unit of the data", async () => {
    const { stdout } = await train("--json", "--out", at("json.safetensors"));
    const [start, ...rest] = events(stdout);
    expect(start).toMatchObject({
      event: "start",
      task: "series",
      rows: { train: 140, validation: 20, test: 40 },
    });
    const { event, test: figures } = rest.at(-1) as { event: string; test?: unknown };
    expect(event).toBe("result");
    expect(figures).toMatchObject([{ series: "", columns: ["sold"], horizons: [1, 7] }]);
    const { baselines, network } = (figures as Record<string, { errors: { mae: number }[][] }[]>[])[0]!;
    const last = baselines![0]!.errors[0]![0]!.mae;
    expect(last).toBeGreaterThan(5);
    expect((network as unknown as { errors: { mae: number }[][] }).errors[0]![0]!.mae).toBeLessThan(last);
  });

  test("several seeds are saved as their mean", async () => {
    const { code, stdout } = await train("--seeds", "3", "--out", at("three.safetensors"), "--quiet");
    expect(code).toBe(0);
    expect(stdout).toContain("> mean of 3 × elman 4 ");
    expect(stdout).toMatch(/one of 3 seeds +[\d.]+ ± [\d.]+/);
    const { stdout: again } = await runHere(["eval", at("three.safetensors"), "--json"]);
    const figures = (json: string) => JSON.parse(json).figures[0].network.errors[0][0].mae as number;
    const said = Number(/> mean of 3 × elman 4 +([\d.]+)/.exec(stdout)![1]);
    expect(figures(again)).toBeCloseTo(said, 3);
  });

  test("several series, told apart by a column", async () => {
    const [head, ...rows] = daily(120).trimEnd().split("\n");
    const both = ["north", "south"].flatMap((place) => rows.map((row) => `${row},${place}`));
    const path = file("both.csv", `${head},place\n${both.join("\n")}\n`);
    const words = ["--data", path, "--by", "place", "--out", at("both.safetensors"), "--quiet"];
    const { code, stdout } = await train(...words);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^north: sold .*$/m);
    expect(stdout).toMatch(/^south: sold .*$/m);
    const { stdout: csv } = await runHere([
      "forecast",
      at("both.safetensors"),
      "--csv",
      "-",
      "--horizon",
      "2",
    ]);
    expect(csv).toMatch(
      /^time,place,sold\n2020-04-30,north,\d+\.\d+\n2020-05-01,north,.*\n2020-04-30,south,/,
    );
  });

  test("what it does not know is refused", async () => {
    expect((await train("--base", "sun")).stderr).toContain(
      "Allowed choices are zero, last, season, least-squares",
    );
    expect((await train("--lags", "7,1")).stderr).toContain("each larger than the one before");
    expect((await train("--share", "0")).code).toBe(2);
    const { code, stderr } = await train("--columns", "price");
    expect(code).toBe(3);
    expect(stderr).toContain(`${sales}: has no column price\nIt has: day, sold\n`);
  });
});

describe("forecast", () => {
  test("a table, CSV, JSON: the same numbers", async () => {
    const { stdout: csv } = await runHere(["forecast", model, "--csv", "-", "--horizon", "3"]);
    const [header, first] = csv.split("\n");
    expect(header).toBe("time,sold,sold low,sold high");
    const [time, value] = first!.split(",");
    expect(time).toBe("2020-07-19");
    const { stdout: json } = await runHere(["forecast", model, "--json", "--horizon", "3"]);
    const { rows } = JSON.parse(json).series[0];
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatchObject({ time });
    expect(rows[0].values[0]).toBeCloseTo(Number(value), 5);
    const { stdout: table } = await runHere(["forecast", model, "--horizon", "3"]);
    expect(table).toContain(`2020-07-19  ${Number(value).toFixed(1)}`);
  });

  test("--plot draws within the width, --ascii with ASCII, in color only where it is seen", async () => {
    const { stdout } = await runHere(["forecast", model, "--plot"], { terminal: 60 });
    expect(stdout).toContain("\u001b[");
    const { stdout: none } = await runHere(["forecast", model, "--plot"], {
      terminal: 60,
      env: { NO_COLOR: "1" },
    });
    expect(none).not.toContain("\u001b[");
    expect(none.split("\n").every((line) => line.length <= 60)).toBe(true);

    const { stdout: ascii } = await runHere(["forecast", model, "--plot", "--ascii", "--horizon", "28"], {
      terminal: 90,
      env: { NO_COLOR: "1" },
    });
    expect(ascii).toContain("|2020-07-18");
    expect(ascii).toMatch(/^[\x20-\x7e\n]+$/);
  });

  test("--csv FILE writes a file, and does not overwrite what is none of ours", async () => {
    const { code, stdout, stderr } = await runHere(["forecast", model, "--csv", at("next.csv")]);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: "", stderr: `Saved: ${at("next.csv")}\n` });
    expect(readFileSync(at("next.csv"), "utf8")).toMatch(/^time,sold,sold low,sold high\n/);
    const nowhere = await runHere(["forecast", model, "--csv", join(sales, "x.csv")]);
    expect(nowhere.code).toBe(1);
  });

  test("other data goes on from its own end; a missing column is named", async () => {
    const longer = file("longer.csv", daily(230));
    const { stdout } = await runHere(["forecast", model, "--data", longer, "--csv", "-", "--horizon", "1"]);
    expect(stdout).toMatch(/^time,sold,sold low,sold high\n2020-08-18,/);
    const { code, stderr } = await runHere([
      "forecast",
      model,
      "--data",
      file("other.csv", daily(99, "rain")),
    ]);
    expect(code).toBe(3);
    expect(stderr).toContain("other.csv: has no column sold\n");
    expect((await runHere(["forecast", model, "--columns", "rain"])).code).toBe(2);
  });
});

describe("eval, compare, data", () => {
  test("eval gives the figures of the run", async () => {
    const { stdout: trained } = await train("--quiet", "--out", at("again.safetensors"));
    const { code, stdout } = await runHere(["eval", model]);
    expect(code).toBe(0);
    expect(stdout.split("\n").slice(1)).toEqual(trained.split("\n").slice(1, -2).concat(""));
  });

  test("eval on other data, all of it; and not on changed data of its own name", async () => {
    const { stdout } = await runHere(["eval", model, "--data", file("more.csv", daily(230))]);
    expect(stdout).toMatch(/^MAE \(RMSE\) on all of more, smaller is better:\nsold /);
    const own = file("own.csv", daily(200));
    await train("--data", own, "--out", at("own.safetensors"), "--quiet");
    writeFileSync(own, daily(201));
    const { code, stderr } = await runHere(["eval", at("own.safetensors")]);
    expect(code).toBe(3);
    expect(stderr).toContain(`${own}: is not the series that ${at("own.safetensors")} was trained on`);
  });

  test("compare says in what runs differ, and their figures", async () => {
    await train("--quiet", "--hidden", "5", "--out", at("five.safetensors"));
    const { stdout } = await runHere(["compare", model, at("five.safetensors")]);
    expect(stdout).toMatch(/^settings that differ .*\nhidden +4 +5\n/);
    expect(stdout).toMatch(/> .*sales\.safetensors: elman 4 +[\d.]+ \([\d.]+\)/);
    expect(stdout).toMatch(/> .*five\.safetensors: elman 5 +[\d.]+ \([\d.]+\)/);
  });

  test("data show says what train would read", async () => {
    const { stdout } = await runHere(["data", "show", sales]);
    expect(stdout).toMatch(/^sales: 1 column of numbers, a row a day\n/);
    expect(stdout).toContain("140 rows to learn from, 20 to validate, 40 to test\n");
    const { stdout: list } = await runHere(["data", "list", "--json"]);
    expect(JSON.parse(list).data).toContainEqual(expect.objectContaining({ name: "births", task: "series" }));
  });
});
