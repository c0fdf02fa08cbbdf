import type { Cell } from "../cell.ts";
import { Bench, fill } from "./bench.ts";
import { describe, expectSame, resultsOf } from "./compare.ts";
import { type Law, LawError, type LawOptions } from "./law.ts";

/** Calls change their destinations alone, and what they give doesn't depend on the calls before. */
export const purity: Law = {
  name: "purity",
  says: "calls change nothing but their destinations and remember nothing of the calls before",
  run(cell: Cell, options: LawOptions = {}): void {
    const bench = new Bench(cell, options);
    for (const [name, { writes, run }] of Object.entries(bench.calls())) {
      const other = bench.changes(run).find(({ matrix, guard }) => !guard && !writes.includes(matrix));
      if (other) throw new LawError("purity", `${name} changed ${describe(other)}`, { call: name, ...other });
    }

    const one = bench.range(0, 1);
    fill(bench.gradients, 0);
    bench.run(one);
    const alone = resultsOf(bench, one);

    const mine = bench.calls(one);
    const other = bench.calls(bench.range(1, 2));
    const mixed = [mine.project, other.project, mine.step, other.step];
    for (const name of ["stepBackward", "inputGradient"] as const)
      mixed.push(other[name], mine[name], other[name]);
    for (const { run } of [...mixed, other.accumulate]) run();
    fill(bench.gradients, 0);
    mine.accumulate.run();
    expectSame("purity", "calls for another step in between show", resultsOf(bench, one), alone);
  },
};
