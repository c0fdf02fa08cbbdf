import type { CommonOptions } from "../options.ts";
import { runTutorial, tutorialText } from "../simple-rnn/tutorial.ts";
import type { Surroundings } from "../terminal/streams.ts";

/** Prints what the NumPy tutorial prints, or the same values with all their digits as JSON. */
export function simpleRnn({ seed, json }: CommonOptions, { stdout }: Surroundings): void {
  const run = runTutorial(seed);
  if (json) {
    const inputs = run.inputs.map((x) => Array.from(x));
    const outputs = run.steps.map(({ y }) => Array.from(y));
    const hiddenStates = run.steps.map(({ h }) => Array.from(h));
    stdout.write(`${JSON.stringify({ seed, inputs, outputs, hiddenStates })}\n`);
  } else {
    stdout.write(tutorialText(run));
  }
}
