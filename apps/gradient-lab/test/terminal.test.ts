import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onPaper } from "@unroll/terminal/on-paper";
import { afterAll, describe, expect, test } from "vitest";
import { computeFrame } from "../src/core/frame/compute-frame.ts";
import { stateOfLink } from "../src/core/link/link.ts";
import { run } from "../src/terminal/run.ts";
import { textModelFile } from "./page/text-model.ts";

const lab = (...args: string[]) => onPaper(run, args);
const folder = mkdtempSync(join(tmpdir(), "unroll-lab-"));
afterAll(() => rmSync(folder, { recursive: true }));

const SMALL = "#v1&hidden=4&steps=8";

test("--help begins with examples and goes to stdout, for each command", async () => {
  for (const command of [[], ["run"], ["render"], ["serve"]]) {
    const { code, stdout, stderr } = await lab(...command, "--help");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^Examples:\n {2}npx pnpm lab/);
  }
});

describe("run", () => {
  test("says in words what the page says, and answers for the selected cell", async () => {
    const { code, stdout, stderr } = await lab("run", `${SMALL}&t=6&trained=3&truncate=2&clip=norm`);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const { state } = stateOfLink(`${SMALL}&trained=3&truncate=2&clip=norm`);
    const { status, truncation, clip } = computeFrame(state);
    expect(stdout.startsWith(`${status.question} ${status.answer}\n${status.headline}\n`)).toBe(true);
    expect(stdout).toContain("\nHow much of step 1 still reaches step 6? ");
    expect(stdout).toContain(
      `\n${truncation?.sentence}\n${clip.sentence}\nTraining, 3 updates: the loss went `,
    );
    expect(stdout).not.toMatch(/NaN|undefined/);
  });

  test("takes a whole address, and says on stderr what it had to change", async () => {
    const { code, stdout, stderr } = await lab(
      "run",
      "https://example.org/lab/#v1&hidden=1&steps=8",
      "--json",
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout).hidden).toBe(2);
    expect(stderr).toBe("hidden=1 is below 2; using 2.\n");
    expect((await lab("run", "#v1&hidden=1&steps=8", "--quiet")).stderr).toBe("");
  });

  test("says why training stopped", async () => {
    const wild = "#v1&hidden=4&steps=8&cell=linear&gain=3&rate=10&noise=1&trained=900";
    const { code, stderr } = await lab("run", wild);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^Training stopped: .+\.\n$/);
  });

  test.each([
    [["run"], "missing required argument 'link-or-file'"],
    [["run", "gain=1"], 'error: "gain=1" is neither a link of the lab nor a file\nA link has a #'],
    [["rnu", "#v1"], "unknown command 'rnu'\n(Did you mean run?)"],
    [["run", "#v1", "--jsn"], "unknown option '--jsn'\n(Did you mean --json?)"],
    [["render", "#v1"], "required option '--out <file>' not specified"],
    [["render", SMALL, "--out", "map.png"], '--out map.png ends in ".png", expected .svg'],
    [["render", SMALL, "--picture", "mop", "--out", "-"], "Allowed choices are map, curves, network."],
    [["serve", "--port", "65536"], "Expected an integer from 0 to 65535."],
  ])("%j ends with 2 and says why", async (args, message) => {
    const { code, stdout, stderr } = await lab(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
  });

  test("opens a model of the demo, looked at as a link says", async () => {
    const file = join(folder, "sea.safetensors");
    writeFileSync(file, textModelFile());
    const { code, stdout, stderr } = await lab("run", file, "--with", "#v1&steps=6&text=a+whale", "--json");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const { model, labels, link } = JSON.parse(stdout);
    expect({ model, link, text: labels.join("") }).toEqual({
      model: "sea.safetensors",
      link: "#v1&steps=6&input=text&text=a%20whale",
      text: "a whal",
    });
    expect((await lab("run", "#v1", "--with", "#v1")).code).toBe(2);
    expect((await lab("run", file, "--with", "steps=6")).code).toBe(2);
  });

  test("a file that can't be opened ends with 3 and what is wrong", async () => {
    const file = join(folder, "broken.safetensors");
    writeFileSync(file, textModelFile().subarray(0, -8));
    const broken = await lab("run", file);
    expect({ code: broken.code, stdout: broken.stdout }).toEqual({ code: 3, stdout: "" });
    expect(broken.stderr).toContain(`error: ${file}: readSafetensors: `);
    const isFolder = await lab("run", folder);
    expect([isFolder.code, isFolder.stderr]).toEqual([
      3,
      expect.stringContaining("it is a folder, expected a file"),
    ]);
  });

  test("with --json an error is an object on stdout, too", async () => {
    const { stdout } = await lab("run", "gain=1", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ event: "error", code: "usage", exitCode: 2 });
  });
});

describe("render", () => {
  test.each(["map", "curves", "network"])("draws the %s as one whole file", async (picture) => {
    const out = join(folder, `${picture}.svg`);
    const link = `${SMALL}&pin=gain:0.5,hidden:4,steps:8&map=difference`;
    const { code, stdout, stderr } = await lab("render", link, "--picture", picture, "--out", out);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: "", stderr: "" });
    const svg = readFileSync(out, "utf8");
    expect(svg).toMatch(/^<svg [\s\S]*<title>[\s\S]*<\/svg>\n$/);
    if (picture === "map") expect(svg).toContain("log10 of measured, B / A");
    expect((await lab("render", link, "--picture", picture, "--out", "-")).stdout).toBe(svg);
  });

  test("where nothing can be written it ends with 1 and leaves nothing", async () => {
    const { code, stderr } = await lab("render", SMALL, "--out", join(folder, "none", "map.svg"));
    expect(code).toBe(1);
    expect(stderr).toContain("cannot be written: there is no such file or folder");
    expect(readdirSync(folder).filter((name) => !/\.(svg|safetensors)$/.test(name))).toEqual([]);
  });
});
