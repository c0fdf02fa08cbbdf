import type { Rows } from "@unroll/kernels";
import type { Cell } from "../cell.ts";
import { Bench, fill } from "./bench.ts";
import { copyOf, expectSame, type Results } from "./compare.ts";
import type { Law, LawOptions } from "./law.ts";

/** Tokens give the bits of the one-hot rows they stand for. Passes for a cell that takes no tokens. */
export const tokens: Law = {
  name: "tokens",
  says: "tokens give the bits of one-hot rows",
  run(cell: Cell, options: LawOptions = {}): void {
    if (options.tokens === false) return;
    const bench = new Bench(cell, options);
    const { gates } = bench.all;
    const resultsWith = (inputs: Rows): Results => {
      const calls = bench.calls({ ...bench.all, inputs });
      fill(bench.gradients, 0);
      for (const name of ["project", "step", "stepBackward", "accumulate", "project"] as const)
        calls[name].run();
      return copyOf({ gates, gradients: bench.gradients });
    };
    expectSame(
      "tokens",
      "tokens differ from one-hot rows",
      resultsWith(bench.tokens),
      resultsWith(bench.oneHot),
    );
  },
};
