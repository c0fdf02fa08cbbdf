import { execFile } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { CLI, type CliRun, runCli } from "./run-cli.ts";
import { daily, events, folderForTests, labelledWords } from "./small.ts";

const folder = folderForTests();
const at = (name: string): string => join(folder, name);
writeFileSync(at("sales.csv"), daily(300));
writeFileSync(at("words.tsv"), labelledWords(120));

/** Two networks, so that the interruption finds one that is done and one in training. */
const TRAIN = {
  series: [
    "train",
    "series",
    "--data",
    at("sales.csv"),
    "--hidden",
    "8",
    "--updates",
    "4000",
    "--seeds",
    "2",
  ],
  classify: [
    "train",
    "classify",
    "--data",
    at("words.tsv"),
    "--hidden",
    "8",
    "--summary",
    "4",
    "--updates",
    "4000",
    "--seeds",
    "2",
  ],
};

/** Sends SIGINT when so many lines say how far it is. */
function interrupt(words: readonly string[], lines: number): Promise<CliRun> {
  let sent = false;
  return runCli(words, {
    cwd: folder,
    watch(child, stderr) {
      if (sent || (stderr.match(/^step /gm) ?? []).length < lines) return;
      sent = child.kill("SIGINT");
    },
  });
}

test.each(["series", "classify"] as const)(
  "%s: interrupted in its second network and resumed, a run gives the bytes of one that was not",
  async (task) => {
    const [whole, cut] = [at(`${task}-whole.safetensors`), at(`${task}-cut.safetensors`)];
    expect((await runCli([...TRAIN[task], "--quiet", "--out", whole])).code).toBe(0);
    const stopped = await interrupt([...TRAIN[task], "--out", cut], 11);
    expect({ code: stopped.code, stdout: stopped.stdout }).toEqual({ code: 130, stdout: "" });
    const [, step] = /Stopped after step (\d+)\./.exec(stopped.stderr)!;
    expect(Number(step)).toBeGreaterThan(4000);
    expect(Number(step)).toBeLessThan(8000);
    const { stdout: compared } = await runCli(["compare", whole, cut]);
    expect(compared).toContain("not finished");

    const settings = await runCli(["train", task, "--resume", cut, "--hidden", "9"]);
    expect(settings.code).toBe(2);
    const resume = /Go on with: npx pnpm demo (.*)\n/.exec(stopped.stderr)![1]!.split(" ");
    const resumed = await runCli([...resume, "--json"]);
    expect(resumed.code).toBe(0);
    expect(events(resumed.stdout)[0]).toMatchObject({ event: "start", startStep: Number(step) });
    expect(readFileSync(cut).equals(readFileSync(whole))).toBe(true);
  },
);

test("a full disk leaves the file of the earlier run, and says so in JSON", async () => {
  const model = at("full/words.safetensors");
  const words = [...TRAIN.classify.slice(0, -4), "--updates", "5", "--quiet", "--json", "--out", model];
  expect((await runCli(words)).code).toBe(0);
  const before = readFileSync(model);
  // The system refuses files of more than 4 blocks, as a full disk does, and takes the part that fits.
  const listen = 'data:text/javascript,process.on("SIGXFSZ",()=>{})';
  const node = [process.execPath, "--import", listen, CLI, ...words, "--hidden", "60"];
  const limited = promisify(execFile)("sh", ["-c", 'ulimit -f 4 && exec "$@"', "sh", ...node]);
  await expect(limited).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining('"code":"error"') });
  expect(readFileSync(model).equals(before)).toBe(true);
  expect(readdirSync(at("full"))).toEqual(["words.safetensors"]);
});

test("in a pipe: forecast to a reader that has seen enough, and no color unless forced", async () => {
  const model = at("piped.safetensors");
  expect(
    (await runCli([...TRAIN.series.slice(0, -4), "--updates", "5", "--quiet", "--out", model])).code,
  ).toBe(0);
  const plot = ["forecast", model, "--plot"];
  const closed = await runCli(plot, { watch: (child) => child.stdout.destroy() });
  expect(closed).toMatchObject({ code: 0, stderr: "" });
  expect((await runCli(plot)).stdout).not.toContain("\u001b[");
  expect((await runCli(plot, { env: { FORCE_COLOR: "1" } })).stdout).toContain("\u001b[");
  expect((await runCli(plot, { env: { FORCE_COLOR: "1", NO_COLOR: "1" } })).stdout).not.toContain("\u001b[");
});
