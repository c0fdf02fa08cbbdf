import { RandomState } from "@unroll/linalg";
import type { Cell } from "../cell.ts";
import { Bench } from "./bench.ts";
import { copyOf, expectClose, type Results } from "./compare.ts";
import type { Law, LawOptions } from "./law.ts";

/** `accumulate` adds to the gradients: twice gives twice as much, and what stood there stays in the sum. */
export const accumulation: Law = {
  name: "accumulation",
  says: "accumulate adds to the gradients",
  run(cell: Cell, options: LawOptions = {}): void {
    const bench = new Bench(cell, options);
    const { gradients } = bench;
    bench.run();
    const once = copyOf({ gradients });
    const { accumulate } = bench.calls();
    const check = (problem: string, before: Results): void => {
      accumulate.run();
      const { values, columns } = once.gradients;
      const sum = values.map((value, i) => value + before.gradients.values[i]);
      expectClose(
        "accumulation",
        problem,
        copyOf({ gradients }),
        { gradients: { values: sum, columns } },
        bench.arena.type,
      );
    };
    check("accumulating twice doesn't double", once);
    new RandomState(7).fillUniform(gradients, -1, 1);
    check("what stood in the gradients is not in the sum", copyOf({ gradients }));
  },
};
