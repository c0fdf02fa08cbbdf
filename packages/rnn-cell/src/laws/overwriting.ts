import type { View } from "@unroll/kernels";
import type { Cell } from "../cell.ts";
import { Bench, fill } from "./bench.ts";
import { copyOf, expectSame, type Results } from "./compare.ts";
import type { Law, LawOptions } from "./law.ts";

/** Every call overwrites its results, whatever stood there. */
export const overwriting: Law = {
  name: "overwriting",
  says: "project, step, stepBackward and inputGradient overwrite their results",
  run(cell: Cell, options: LawOptions = {}): void {
    const resultsOver = (before: number): Map<string, Results> => {
      const bench = new Bench(cell, options);
      const results = new Map<string, Results>();
      for (const [name, { overwrites, run }] of Object.entries(bench.calls())) {
        const views = Object.fromEntries(overwrites.map((matrix) => [matrix, bench.all[matrix] as View]));
        for (const view of Object.values(views)) fill(view, before);
        run();
        results.set(name, copyOf(views));
      }
      return results;
    };
    const first = resultsOver(Number.NaN);
    for (const [name, results] of resultsOver(1e3)) {
      expectSame(
        "overwriting",
        `what stood in the results of ${name} shows`,
        results,
        first.get(name) as Results,
      );
    }
  },
};
