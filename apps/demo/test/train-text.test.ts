import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readSafetensors } from "@unroll/io";
import { expect, test } from "vitest";
import { runCli } from "./run-cli.ts";
import { events, folderForTests, SMALL, smallFile, smallText } from "./small.ts";

const folder = folderForTests();
const sea = smallFile(folder);
const train = (out: string, ...more: string[]) =>
  runCli(["train", "text", "--data", sea, ...SMALL, "--out", join(folder, out), ...more], { cwd: folder });
const bytes = (name: string) => readFileSync(join(folder, name));

test("a run writes plain lines, ends with the table, and saves the model", async () => {
  const { code, stdout, stderr } = await train("plain.safetensors");
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^Bits per character on the test text \(fewer are better\), after 20 steps in 0:0\d:\n/,
  );
  expect(stdout).toMatch(/\n> elman 8 +\d\.\d{3}\n/);
  for (let order = 1; order <= 6; order++)
    expect(stdout).toMatch(new RegExp(`\n {2}Witten-Bell ${order}-gram +\\d\\.\\d{3}\n`));
  expect(stdout).toMatch(/\nOn the validation text: \d\.\d{3}\nSaved: .*plain\.safetensors\n$/);
  expect(stderr).toContain("sea: 2,400 characters to learn from, 300 to validate, 300 to test, ");
  expect(stderr).toMatch(/elman 8: \d+ parameters, steps 1 to 20, seed 1\n/);
  expect(stderr.match(/^step \d+\/20 .*validation \d\.\d{3} bits\/char/gm)).toHaveLength(10);
  expect(stderr).toMatch(/^sample: The /m);
  expect(stderr).toContain("Try next:\n");
  expect(existsSync(join(folder, "plain.safetensors"))).toBe(true);
  expect(`${stdout}${stderr}`.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
});

test("the same seed gives the same bytes, another seed others, and the clock has no say", async () => {
  await Promise.all([
    train("a.safetensors"),
    train("b.safetensors", "--json"),
    train("c.safetensors", "--quiet", "--seed", "2"),
  ]);
  expect(bytes("a.safetensors").equals(bytes("b.safetensors"))).toBe(true);
  expect(bytes("a.safetensors").equals(bytes("c.safetensors"))).toBe(false);
});

test("--json writes events and a final object", async () => {
  const { code, stdout, stderr } = await train("json.safetensors", "--json");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const lines = events(stdout);
  expect(lines[0]).toMatchObject({
    event: "start",
    totalSteps: 20,
    startStep: 0,
    seed: 1,
    network: "elman 8",
  });
  const steps = lines.filter(({ event }) => event === "step");
  expect(steps.map(({ step }) => step)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  expect(steps[10]).toMatchObject({ learningRate: 0.5 * (steps[0]!.learningRate as number) });
  for (const { clippedNorm, gradientNorm } of steps)
    expect(clippedNorm).toBe(Math.min(0.25, gradientNorm as number));
  expect(lines.filter(({ event }) => event === "evaluation")).toHaveLength(10);
  const result = lines.at(-1)!;
  expect(result).toMatchObject({ event: "result", steps: 20, out: join(folder, "json.safetensors") });
  const { validationBitsPerCharacter, testBitsPerCharacter, baselines } = result;
  expect(validationBitsPerCharacter).toBe(
    Math.min(
      ...lines.flatMap((line) => (line.event === "evaluation" ? [line.bitsPerCharacter as number] : [])),
    ),
  );
  expect(testBitsPerCharacter).toBeLessThan(Math.log2(16));
  expect(baselines).toHaveLength(6);
});

test("--quiet writes the results alone", async () => {
  const { code, stdout, stderr } = await train("quiet.safetensors", "--quiet");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^Bits per character/);
  const { stdout: json } = await train("quiet.safetensors", "--quiet", "--json");
  expect(events(json).map(({ event }) => event)).toEqual(["result"]);
});

test("a network that has learned beats the 1-gram", async () => {
  const { stdout } = await train(
    "learned.safetensors",
    "--json",
    "--quiet",
    "--updates",
    "400",
    "--lr",
    "0.02",
  );
  const { testBitsPerCharacter, baselines } = events(stdout)[0]!;
  expect(testBitsPerCharacter).toBeLessThan(
    (baselines as { bitsPerCharacter: number }[])[0]!.bitsPerCharacter,
  );
});

test("the parameters that did best on the validation text are kept", async () => {
  // Characters without order: the longer a network learns them by heart, the worse for those it has not seen.
  let state = 1;
  const next = (): number => (state = (state * 1103515245 + 12345) % 2147483648) >>> 16;
  writeFileSync(
    join(folder, "noise.txt"),
    Array.from({ length: 1000 }, () => "abcdefgh"[next() % 8]).join(""),
  );
  const args = [
    "--data",
    join(folder, "noise.txt"),
    "--hidden",
    "32",
    "--updates",
    "300",
    "--lr",
    "0.02",
    "--json",
  ];
  const { stdout } = await train("best.safetensors", ...args);
  const lines = events(stdout);
  const evaluations = lines.filter(({ event }) => event === "evaluation");
  const best = Math.min(...evaluations.map(({ bitsPerCharacter }) => bitsPerCharacter as number));
  expect(evaluations.at(-1)!.bitsPerCharacter).toBeGreaterThan(best + 0.1);
  expect(lines.at(-1)!.validationBitsPerCharacter).toBe(best);
  const { metadata } = readSafetensors(bytes("best.safetensors"));
  expect(JSON.parse(metadata.get("figures")!)).toMatchObject({ validation: best });
  expect(lines.at(-1)!.testBitsPerCharacter).toBeLessThan(best + 0.3);
});

test("without --out the model goes to runs/, and nothing there is overwritten", async () => {
  const args = ["train", "text", "--data", "-", ...SMALL, "--quiet"];
  for (const _ of [1, 2]) await runCli(args, { cwd: folder, stdin: smallText(3000) });
  expect(readdirSync(join(folder, "runs")).sort()).toEqual(["stdin-2.safetensors", "stdin.safetensors"]);
});

test("--epochs counts times through the text", async () => {
  const args = ["train", "text", "--data", sea, ...SMALL.slice(0, -2), "--epochs", "2", "--json"];
  const { stdout } = await runCli([...args, "--out", join(folder, "epochs.safetensors")]);
  // 2,399 pairs in 4 streams of 599: 60 windows of at most 10.
  expect(events(stdout)[0]).toMatchObject({ totalSteps: 120 });
  expect(events(stdout).at(-1)).toMatchObject({ event: "result" });
});

test("layers and truncation change the model, a truncation as long as the window does not", async () => {
  await Promise.all([
    train("whole.safetensors", "--quiet"),
    train("cut.safetensors", "--quiet", "--truncate", "3,5"),
    train("deep.safetensors", "--quiet", "--layers", "2"),
    train("uncut.safetensors", "--quiet", "--truncate", "10"),
  ]);
  const weights = (name: string) => bytes(name).subarray(-8 * 8 * 4);
  expect(weights("cut.safetensors").equals(weights("whole.safetensors"))).toBe(false);
  expect(weights("uncut.safetensors").equals(weights("whole.safetensors"))).toBe(true);
  expect(bytes("deep.safetensors").length).toBeGreaterThan(bytes("whole.safetensors").length);
});

test("a symbol that only the test part has is known to the vocabulary", async () => {
  const path = join(folder, "rare.txt");
  writeFileSync(path, `${smallText(3000)}é☃😀`);
  const { code } = await runCli(
    ["train", "text", "--data", path, ...SMALL, "--out", join(folder, "rare.safetensors")],
    { cwd: folder },
  );
  expect(code).toBe(0);
});

test("--preset gives all settings but those that are typed", async () => {
  const { code, stdout } = await train("preset.safetensors", "--preset", "best", "--json");
  expect(code).toBe(0);
  const lines = events(stdout);
  expect(lines[0]).toMatchObject({ network: "elman 8", totalSteps: 20 });
  // SMALL says everything but the learning rate.
  expect(lines.find(({ step }) => step === 1)).toMatchObject({ learningRate: 2e-3 });
});
