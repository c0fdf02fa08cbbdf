import { createColors } from "picocolors";
import { describe, expect, test } from "vitest";
import { jsonReporter } from "./json.ts";
import { liveReporter } from "./live.ts";
import { plainReporter } from "./plain.ts";
import { quietReporter } from "./quiet.ts";
import type { Reporter, RunPlan, RunResult } from "./reporter.ts";

const plan: RunPlan = {
  task: "text",
  data: "moby-dick",
  about: "953,546 characters to learn from, 119,193 to validate, 119,194 to test, 80 symbols",
  details: { vocabularySize: 80 },
  network: "elman 128",
  parameters: 36944,
  seed: 1,
  startStep: 0,
  totalSteps: 4,
  loss: { unit: "bits/char", text: (nats) => (nats / Math.LN2).toFixed(3) },
  validation: { unit: "bits/char", key: "bitsPerCharacter", text: (bits) => bits.toFixed(3) },
  out: "runs/moby-dick.safetensors",
};

const FIGURES = `Bits per character on the test text:
  1-gram     4.497
> elman 128  2.500
`;

const RESULTS = `${FIGURES}Saved: runs/moby-dick.safetensors\n`;

const result: RunResult = {
  steps: 4,
  seconds: 61.2,
  text: FIGURES,
  fields: { testBitsPerCharacter: 2.5, validationBitsPerCharacter: 2.4 },
  out: plan.out,
  sample: { step: 4, prompt: "The ", text: "whale" },
  next: [["npx pnpm demo generate runs/moby-dick.safetensors", "let it write"]],
};

const events = (reporter: Reporter): void => {
  reporter.started(plan);
  for (let step = 1; step <= 4; step++) {
    reporter.stepped({
      step,
      epoch: 0,
      loss: 3 * Math.LN2,
      gradientNorm: 2,
      clippedNorm: 1,
      learningRate: 0.002,
    });
    if (step % 2 === 0) reporter.evaluated({ step, value: 3.5 - step / 4, best: true });
  }
  reporter.sampled({ step: 4, prompt: "The ", text: "w\nhale" });
};

/** Collects what is written; with `isTTY` it passes for a terminal. */
class Paper {
  text = "";
  readonly isTTY: boolean;
  readonly columns: number = 100;
  constructor(isTTY = false) {
    this.isTTY = isTTY;
  }
  write(text: string): boolean {
    this.text += text;
    return true;
  }
}

const colors = createColors(false);

/** A clock that goes one second with each look. */
function clock(): () => number {
  let now = 0;
  return () => (now += 1000);
}

describe("plain lines", () => {
  test("plan, evaluations, samples and advice on stderr, the results on stdout", () => {
    const [stdout, stderr] = [new Paper(), new Paper()];
    const reporter = plainReporter(stdout, stderr, colors, clock());
    events(reporter);
    reporter.note("half way");
    reporter.finished(result);
    reporter.close();
    expect(stdout.text).toBe(RESULTS);
    expect(
      stderr.text,
    ).toBe(`moby-dick: 953,546 characters to learn from, 119,193 to validate, 119,194 to test, 80 symbols
elman 128: 36,944 parameters, steps 1 to 4, seed 1
step 2/4  train 3.000 bits/char  gradient norm 2.00, clipped 1.00  validation 3.000 bits/char (best)  0:01 left
step 4/4  train 3.000 bits/char  gradient norm 2.00, clipped 1.00  validation 2.500 bits/char (best)  0:00 left
sample: The w hale
half way
sample: The whale
Try next:
  npx pnpm demo generate runs/moby-dick.safetensors
      let it write
`);
  });

  test("an interrupted run says where it is saved and how it goes on", () => {
    const [stdout, stderr] = [new Paper(), new Paper()];
    const reporter = plainReporter(stdout, stderr, colors, clock());
    reporter.started(plan);
    reporter.interrupted({ step: 2, out: plan.out, resume: "npx pnpm demo --resume x" });
    expect(stdout.text).toBe("");
    expect(stderr.text).toContain(
      "Stopped after step 2. Saved: runs/moby-dick.safetensors\nGo on with: npx pnpm demo --resume x\n",
    );
  });
});

test("quiet writes the results alone", () => {
  const [stdout, stderr] = [new Paper(), new Paper()];
  const reporter = quietReporter(stdout, stderr);
  events(reporter);
  reporter.note("half way");
  reporter.finished(result);
  expect(stdout.text).toBe(RESULTS);
  expect(stderr.text).toBe("");
  reporter.interrupted({ step: 2, out: plan.out, resume: "go on" });
  expect(stderr.text).toBe("Saved: runs/moby-dick.safetensors\nGo on with: go on\n");
});

test("JSON is one object a line", () => {
  const stdout = new Paper();
  const reporter = jsonReporter(stdout);
  events(reporter);
  reporter.note("half way");
  reporter.finished(result);
  reporter.interrupted({ step: 2, out: plan.out, resume: "go on" });
  const lines = stdout.text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { event: string });
  expect(lines.map(({ event }) => event)).toEqual([
    "start",
    "step",
    "step",
    "evaluation",
    "step",
    "step",
    "evaluation",
    "sample",
    "result",
    "interrupted",
  ]);
  expect(lines[0]).toEqual({
    event: "start",
    task: "text",
    data: "moby-dick",
    vocabularySize: 80,
    network: "elman 128",
    parameters: 36944,
    seed: 1,
    startStep: 0,
    totalSteps: 4,
    out: plan.out,
  });
  expect(lines[3]).toEqual({ event: "evaluation", step: 2, bitsPerCharacter: 3, best: true });
  expect(lines[1]).toEqual({
    event: "step",
    step: 1,
    epoch: 0,
    loss: 3 * Math.LN2,
    gradientNorm: 2,
    clippedNorm: 1,
    learningRate: 0.002,
  });
  expect(lines[8]).toMatchObject({ testBitsPerCharacter: 2.5, validationBitsPerCharacter: 2.4, steps: 4 });
});

describe("the live block", () => {
  const run = (ascii: boolean): { stdout: Paper; stderr: Paper } => {
    const [stdout, stderr] = [new Paper(), new Paper(true)];
    const reporter = liveReporter({ stdout, stderr, colors, now: clock(), ascii });
    events(reporter);
    reporter.finished(result);
    reporter.close();
    return { stdout, stderr };
  };

  test("shows bar, losses and gradient norms, and leaves the cursor visible", () => {
    const { stdout, stderr } = run(false);
    expect(stdout.text).toBe(RESULTS);
    expect(stderr.text).toContain("░".repeat(40));
    expect(stderr.text).toMatch(/█{40} 100 % {2}step 4\/4/);
    expect(stderr.text).toMatch(
      /train 3\.000 bits\/char [▁-█]+ {2}validation 2\.500 bits\/char \(best 2\.500\)/,
    );
    expect(stderr.text).toContain("gradient norm 2.00, clipped to 1.00  learning rate 0.00200");
    expect(stderr.text).toContain("step 4: The w hale\n");
    const visible = stderr.text.lastIndexOf("\u001b[?25h");
    expect(visible).toBeGreaterThan(stderr.text.lastIndexOf("\u001b[?25l"));
    expect(stderr.text.slice(visible)).toContain("Try next:");
  });

  test("with --ascii there is no character beyond ASCII", () => {
    const { stderr } = run(true);
    expect(stderr.text).toMatch(/#{40} 100 %/);
    expect(Array.from(stderr.text).filter((character) => character > "~")).toEqual([]);
  });

  test("an interruption closes the block first", () => {
    const [stdout, stderr] = [new Paper(), new Paper(true)];
    const reporter = liveReporter({ stdout, stderr, colors, now: clock(), ascii: true });
    events(reporter);
    reporter.interrupted({ step: 4, out: plan.out, resume: "go on" });
    expect(stderr.text.indexOf("Stopped after step 4")).toBeGreaterThan(
      stderr.text.lastIndexOf("\u001b[?25h"),
    );
  });
});
