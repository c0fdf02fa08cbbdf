import type { View } from "@unroll/kernels";
import { RandomState } from "@unroll/linalg";
import type { Cell } from "../cell.ts";
import { Bench, fill } from "./bench.ts";
import { expectSame, resultsOf } from "./compare.ts";
import type { Law, LawOptions } from "./law.ts";

/** After a change of the parameters and `prepare`, a cell works as one that never saw the old ones. */
export const prepare: Law = {
  name: "prepare",
  says: "after prepare nothing of the old parameters is left",
  run(cell: Cell, options: LawOptions = {}): void {
    const change = ({ data, offset, columns }: View): void => {
      const random = new RandomState(7);
      for (let i = 0; i < columns; i++) data[offset + i] += random.uniform(-0.1, 0.1);
    };
    const fresh = new Bench(cell, options, change);
    fresh.run();

    const bench = new Bench(cell, options);
    bench.run();
    fill(bench.gradients, 0);
    change(bench.parameters);
    bench.bound.prepare();
    bench.run();
    expectSame("prepare", "the old parameters show", resultsOf(bench), resultsOf(fresh));
  },
};
