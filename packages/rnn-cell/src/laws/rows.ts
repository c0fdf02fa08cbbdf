import type { Cell } from "../cell.ts";
import { Bench, fill, rowsOf } from "./bench.ts";
import { expectSame, resultsOf } from "./compare.ts";
import type { Law, LawOptions } from "./law.ts";

/** A row is on its own: alone it gives the bits that it gives in a batch. */
export const rows: Law = {
  name: "rows",
  says: "a row alone gives the bits of the same row in a batch",
  run(cell: Cell, options: LawOptions = {}): void {
    const bench = new Bench(cell, options);
    const withoutGradients = (): ReturnType<typeof resultsOf> => {
      const { gradients: _, ...results } = resultsOf(bench);
      return results;
    };
    bench.run();
    const together = withoutGradients();
    for (const name of ["next", "tape", "delta", "dPrevious", "dInputs"] as const)
      fill(bench.all[name], Number.NaN);
    for (let r = 0; r < bench.steps * bench.batch; r++) bench.run(rowsOf(bench.all, r, r + 1));
    expectSame("rows", "a row alone differs from the same row in a batch", withoutGradients(), together);
  },
};
