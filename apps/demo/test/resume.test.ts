import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readSafetensors, writeSafetensors } from "@unroll/io";
import { describe, expect, test } from "vitest";
import { type CliRun, runCli } from "./run-cli.ts";
import { events, folderForTests, SMALL, smallFile } from "./small.ts";

const folder = folderForTests();
const sea = smallFile(folder, "sea.txt", 29_000);
const UPDATES = "6000";
const args = ["train", "text", "--data", sea, ...SMALL.slice(0, -2), "--updates", UPDATES, "--lr", "0.003"];
const at = (name: string): string => join(folder, name);

/** Runs the program and sends SIGINT when it has written `lines` lines that say how far it is. */
function interrupt(words: readonly string[], lines: number, signals = 1): Promise<CliRun> {
  let sent = 0;
  return runCli(words, {
    cwd: folder,
    watch(child, stderr) {
      if (sent > 0 || (stderr.match(/^step /gm) ?? []).length < lines) return;
      for (; sent < signals; sent++) child.kill("SIGINT");
    },
  });
}

test("interrupted twice and resumed, a run gives the bytes of one that was not", async () => {
  const whole = runCli([...args, "--quiet", "--out", at("whole.safetensors")]);
  const first = await interrupt([...args, "--out", at("cut.safetensors")], 2);
  expect(first.code).toBe(130);
  expect(first.stdout).toBe("");
  const [, step] = /Stopped after step (\d+)\. Saved: .*cut\.safetensors\n/.exec(first.stderr)!;
  expect(Number(step)).toBeGreaterThanOrEqual(1200);
  expect(Number(step)).toBeLessThan(6000);
  const resume = /Go on with: npx pnpm demo (.*)\n/.exec(first.stderr)![1]!.split(" ");
  expect(resume).toEqual(["train", "text", "--resume", at("cut.safetensors")]);

  const generated = await runCli(["generate", at("cut.safetensors"), "--length", "10"]);
  expect(generated.code).toBe(0);

  // Something forgotten would show.
  const forgetful = ["optimizer.means", "optimizer.squares", "state.0"].map(async (name) => {
    const file = readSafetensors(readFileSync(at("cut.safetensors")));
    file.tensors.get(name)!.data.fill(0 as never);
    writeFileSync(at(name), writeSafetensors(file.tensors, file.metadata));
    expect((await runCli(["train", "text", "--resume", at(name)])).code).toBe(0);
    return readFileSync(at(name));
  });
  const others = await Promise.all(forgetful);

  const second = await interrupt(resume, 2);
  expect(second.code).toBe(130);
  expect(second.stderr).toContain(`steps ${Number(step) + 1} to ${UPDATES}`);
  const third = await runCli(resume);
  expect(third.code).toBe(0);
  expect((await whole).code).toBe(0);
  // The parameters that are saved are the last ones, which the interruptions had a chance to spoil.
  expect(third.stderr).toMatch(/^step 6000\/6000 .*\(best\)/m);
  const expected = readFileSync(at("whole.safetensors"));
  expect(readFileSync(at("cut.safetensors")).equals(expected)).toBe(true);
  for (const other of others) expect(other.equals(expected)).toBe(false);
});

test("a run of several seeds goes on in the midst of its second network", async () => {
  const words = [...args.map((word) => (word === UPDATES ? "1500" : word)), "--seeds", "2"];
  const whole = runCli([...words, "--quiet", "--out", at("seeds.safetensors")]);
  const cut = await interrupt([...words, "--out", at("seed-2.safetensors")], 12);
  expect(cut.code).toBe(130);
  expect(cut.stderr).toMatch(/steps 1 to 3000, seed 1\n/);
  const [, step] = /Stopped after step (\d+)\./.exec(cut.stderr)!;
  expect(Number(step)).toBeGreaterThan(1500);
  const resumed = await runCli(["train", "text", "--resume", at("seed-2.safetensors")]);
  expect(resumed.code).toBe(0);
  expect(resumed.stdout).toMatch(/\n2 seeds on the test text: \d\.\d{3} ± \d\.\d{3}\nSaved: /);
  const { stdout } = await whole;
  expect(resumed.stdout.split("\n").slice(1, -2)).toEqual(stdout.split("\n").slice(1, -2));
  const expected = readFileSync(at("seeds.safetensors"));
  expect(readFileSync(at("seed-2.safetensors")).equals(expected)).toBe(true);
});

test("--json says where it was saved, and the whole text may come from the standard input", async () => {
  const stdin = readFileSync(sea);
  const words = [
    ...args.map((word) => (word === sea ? "-" : word)),
    "--json",
    "--out",
    at("json.safetensors"),
  ];
  let sent = false;
  const { code, stdout } = await runCli(words, {
    stdin,
    watch(child) {
      child.stdout.once("data", () => {
        if (!sent) child.kill("SIGTERM");
        sent = true;
      });
    },
  });
  expect(code).toBe(130);
  const last = events(stdout).at(-1)!;
  expect(last).toMatchObject({ event: "interrupted", out: at("json.safetensors") });
  const resumed = await runCli(["train", "text", "--resume", at("json.safetensors"), "--json", "--quiet"], {
    stdin,
  });
  expect(events(resumed.stdout)).toMatchObject([{ event: "result", steps: 6000 }]);
});

test("the second Ctrl-C stops at once, and no part of a file is left", async () => {
  const { code } = await interrupt([...args, "--out", at("twice.safetensors")], 1, 2);
  expect(code).toBe(130);
  if (existsSync(at("twice.safetensors"))) {
    const { code } = await runCli(["generate", at("twice.safetensors"), "--length", "1"]);
    expect(code).toBe(0);
  }
});

describe("a run does not go on", () => {
  const out = at("interrupted.safetensors");

  test("with other settings, or another text, or after its end", async () => {
    await interrupt([...args, "--out", out], 1);
    const before = readFileSync(out);

    const settings = await runCli(["train", "text", "--resume", out, "--lr", "1", "--seed", "3"]);
    expect(settings.code).toBe(2);
    expect(settings.stderr).toContain("error: --lr, --seed cannot be changed in a run that goes on\n");

    const other = smallFile(folder, "other.txt", 2999);
    const text = await runCli(["train", "text", "--resume", out, "--data", other]);
    expect(text.code).toBe(3);
    expect(text.stderr).toContain(`error: ${other}: is not the text that ${out} was trained on\n`);
    expect(readFileSync(out).equals(before)).toBe(true);

    const moved = await runCli([
      "train",
      "text",
      "--resume",
      out,
      "--data",
      sea,
      "--out",
      at("new.safetensors"),
    ]);
    expect(moved.code).toBe(0);
    expect(readFileSync(out).equals(before)).toBe(true);
    const again = await runCli(["train", "text", "--resume", at("new.safetensors")]);
    expect(again.code).toBe(3);
    expect(again.stderr).toContain("the run is finished after 6000 updates, nothing is left to do");
  });

  test("from a file that is no run, whole or not", async () => {
    const cut = at("half.safetensors");
    writeFileSync(cut, readFileSync(out).subarray(0, 3000));
    for (const file of [cut, sea, at("none.safetensors")]) {
      const { code, stderr } = await runCli(["train", "text", "--resume", file]);
      expect(code).toBe(3);
      expect(stderr).toContain(`error: ${file}: `);
    }
  });
});
