import type { Cell } from "../cell.ts";
import { Bench } from "./bench.ts";
import { describe, expectSame, type Results, resultsOf } from "./compare.ts";
import { type Law, LawError, type LawOptions } from "./law.ts";

/** No call writes or reads outside its matrices: guard values survive, and other ones give the same results. */
export const extent: Law = {
  name: "extent",
  says: "no call writes or reads outside the matrices it is given",
  run(cell: Cell, options: LawOptions = {}): void {
    let first: Results | undefined;
    for (const guard of [1e3, Number.NaN]) {
      const bench = new Bench(cell, options);
      bench.fillGuards(guard);
      for (const [name, { run }] of Object.entries(bench.calls())) {
        const outside = bench.changes(run).find((change) => change.guard);
        if (outside)
          throw new LawError("extent", `${name} wrote outside a matrix: ${describe(outside)}`, {
            call: name,
            ...outside,
          });
      }
      const results = resultsOf(bench);
      if (first) expectSame("extent", "what stands outside the matrices shows", results, first);
      first = results;
    }
  },
};
