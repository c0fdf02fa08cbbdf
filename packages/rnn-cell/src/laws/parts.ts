import type { Cell } from "../cell.ts";
import { Bench, fill } from "./bench.ts";
import { copyOf, expectSame } from "./compare.ts";
import type { Law, LawOptions } from "./law.ts";

/** The parts of `accumulatePart`, in any order, leave the bits of `accumulate`; a cell without it keeps the law. */
export const parts: Law = {
  name: "parts",
  says: "the parts of accumulatePart together give the bits of accumulate",
  run(cell: Cell, options: LawOptions = {}): void {
    const bench = new Bench(cell, options);
    const { bound, gradients } = bench;
    const { inputs, previous, tape, delta } = bench.all;
    if (!bound.accumulatePart) return;
    bench.run();
    const whole = copyOf({ gradients });
    for (const count of [1, 2, 3, cell.outputSize + 1]) {
      fill(gradients, 0);
      for (let part = count - 1; part >= 0; part--)
        bound.accumulatePart(part, count, inputs, previous, tape, delta);
      expectSame("parts", `${count} parts differ from the whole`, copyOf({ gradients }), whole);
    }
  },
};
