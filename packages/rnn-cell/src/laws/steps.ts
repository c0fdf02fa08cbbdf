import type { Cell } from "../cell.ts";
import { Bench, fill } from "./bench.ts";
import { copyOf, expectSame, type Results } from "./compare.ts";
import type { Law, LawOptions } from "./law.ts";

/**
 * All steps at once give the bits of one step after the other, from the last to the first: so the gradients of a
 * sequence that is gone through in pieces are those of the whole.
 */
export const steps: Law = {
  name: "steps",
  says: "all steps at once give the bits of one step after the other, last to first",
  run(cell: Cell, options: LawOptions = {}): void {
    const bench = new Bench(cell, options);
    const { gates, dInputs } = bench.all;
    bench.run();
    const runTogether = (from: number, to: number): void => {
      const { project, inputGradient, accumulate } = bench.calls(bench.range(from, to));
      for (const { run } of [project, inputGradient, accumulate]) run();
    };
    const results = (): Results => copyOf({ gates, dInputs, gradients: bench.gradients });
    fill(bench.gradients, 0);
    runTogether(0, bench.steps);
    const together = results();
    fill(bench.gradients, 0);
    for (let t = bench.steps - 1; t >= 0; t--) runTogether(t, t + 1);
    expectSame("steps", "one step after the other differs from all at once", results(), together);
  },
};
