import { RandomState } from "@unroll/linalg";
import type { Cell } from "../cell.ts";
import { Bench, fill } from "./bench.ts";
import { copyOf, describe, expectSame, type Results } from "./compare.ts";
import { type Law, LawError, type LawOptions } from "./law.ts";

/** `initialize` fills the whole vector and nothing else; the same seed gives the same bits. */
export const initialize: Law = {
  name: "initialize",
  says: "initialize fills the vector with finite numbers; the same seed gives the same bits",
  run(cell: Cell, options: LawOptions = {}): void {
    const once = (before: number): Results => {
      const bench = new Bench(cell, options);
      bench.fillGuards(before);
      fill(bench.parameters, before);
      const random = new RandomState(options.seed ?? 1);
      const outside = bench
        .changes(() => cell.initialize(bench.parameters, random))
        .find(({ matrix, guard }) => guard || matrix !== "parameters");
      if (outside)
        throw new LawError("initialize", `it wrote outside the vector: ${describe(outside)}`, { ...outside });
      return copyOf({ parameters: bench.parameters });
    };
    const first = once(Number.NaN);
    const bad = first.parameters.values.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0)
      throw new LawError(
        "initialize",
        `parameter ${bad} is ${first.parameters.values[bad]}, expected a finite number`,
      );
    expectSame("initialize", "the same seed gives other values", once(1e3), first);
  },
};
