import type { View } from "@unroll/kernels";
import { RandomState } from "@unroll/linalg";
import type { Cell } from "../cell.ts";
import { Bench } from "./bench.ts";
import { copyOf, expectClose, type Results } from "./compare.ts";
import type { Law, LawOptions } from "./law.ts";

/** `stepBackward` of dNext + dNext' gives the sum of what each of them gives. */
export const linearity: Law = {
  name: "linearity",
  says: "stepBackward is linear in dNext",
  run(cell: Cell, options: LawOptions = {}): void {
    const bench = new Bench(cell, options);
    const { dNext, delta, dPrevious } = bench.all;
    const { project, step, stepBackward } = bench.calls();
    project.run();
    step.run();
    const backward = (): Results => {
      stepBackward.run();
      return copyOf({ delta, dPrevious });
    };
    const addTo = (target: View, term: Float64Array): void => {
      const { data, offset, columns, stride } = target;
      term.forEach((value, i) => {
        data[offset + Math.floor(i / columns) * stride + (i % columns)] += value;
      });
    };
    const first = backward();
    const { values: d } = copyOf({ dNext }).dNext;
    new RandomState(7).fillUniform(dNext, -1, 1);
    const second = backward();
    addTo(dNext, d);
    const together = backward();
    const sum = Object.fromEntries(
      Object.entries(first).map(([name, { values, columns }]) => [
        name,
        { columns, values: values.map((value, i) => value + second[name].values[i]) },
      ]),
    );
    expectClose(
      "linearity",
      "the way back of a sum is not the sum of the ways back",
      together,
      sum,
      bench.arena.type,
    );
  },
};
