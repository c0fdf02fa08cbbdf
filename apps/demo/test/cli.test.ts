import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { runCli } from "./run-cli.ts";
import { runHere } from "./run-here.ts";

const fixture = (name: string): string => readFileSync(new URL(`fixtures/${name}`, import.meta.url), "utf8");

test("--help begins with examples and goes to stdout", async () => {
  const { code, stdout, stderr } = await runCli(["--help"]);
  expect(code).toBe(0);
  expect(stderr).toBe("");
  expect(stdout).toMatch(/^Examples:\n {2}npx pnpm demo/);
  expect(stdout).toContain("simple-rnn");
});

test("each command has help that begins with examples", async () => {
  for (const command of [
    ["simple-rnn"],
    ["train", "text"],
    ["generate"],
    ["export"],
    ["import"],
    ["inspect"],
  ]) {
    const { code, stdout } = await runCli([...command, "--help"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Examples:\n {2}npx pnpm demo/);
    for (const option of ["--seed", "--json", "--quiet", "--no-color"]) expect(stdout).toContain(option);
  }
});

test("so have the commands that many tasks have", async () => {
  const lines = ["train series", "train classify", "forecast", "classify", "eval", "compare", "data"];
  for (const line of lines) {
    const { code, stdout, stderr } = await runHere([...line.split(" "), "--help"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout, line).toMatch(/^Examples:\n {2}npx pnpm demo/);
  }
});

test("simple-rnn prints what the NumPy program prints, and nothing else", async () => {
  const { code, stdout, stderr } = await runCli(["simple-rnn"]);
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: fixture("simple-rnn.txt"), stderr: "" });
});

test("simple-rnn --json writes one object with NumPy's values within 1e-17", async () => {
  const expected = (JSON.parse(fixture("simple-rnn.json")) as { hiddenStates: number[][] }[])[1]!;
  const { code, stdout } = await runCli(["simple-rnn", "--json", "--seed", "0"]);
  expect(code).toBe(0);
  const got = JSON.parse(stdout) as { seed: number; hiddenStates: number[][] };
  expect(got.seed).toBe(0);
  got.hiddenStates.flat().forEach((value, i) => {
    expect(Math.abs(value - expected.hiddenStates.flat()[i]!)).toBeLessThanOrEqual(1e-17);
  });
});

test.each([
  [["simple-rn"], "unknown command 'simple-rn'\n(Did you mean simple-rnn?)"],
  [["simple-rnn", "--sed", "1"], "unknown option '--sed'\n(Did you mean --seed?)"],
  [["simple-rnn", "--seed"], "option '--seed <integer>' argument missing"],
  [["simple-rnn", "--seed", "1.5"], "argument '1.5' is invalid. Expected an integer from 0 to 4294967295."],
  [["simple-rnn", "--seed", "4294967296"], "argument '4294967296' is invalid."],
  [["simple-rnn", "extra"], "too many arguments for 'simple-rnn'. Expected 0 arguments but got 1."],
])("%j ends with 2 and says why", async (args, message) => {
  const { code, stdout, stderr } = await runCli(args);
  expect(code).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toContain(
    `error: ${message.startsWith("argument '") ? "option '--seed <integer>' " : ""}${message}`,
  );
});

test("with --json a usage error is an object on stdout, too", async () => {
  const { code, stdout } = await runCli(["simple-rnn", "--json", "--seed", "x"]);
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({ event: "error", code: "usage", exitCode: 2 });
});

test("a reader that closes the pipe is no error", async () => {
  const { code, stderr } = await runCli(["simple-rnn"], {
    watch: (child) => child.stdout.destroy(),
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
});
