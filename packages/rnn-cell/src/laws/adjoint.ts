import { adjointError } from "@unroll/gradcheck";
import type { View } from "@unroll/kernels";
import { RandomState, slice } from "@unroll/linalg";
import type { Cell } from "../cell.ts";
import { Bench, valuesOf } from "./bench.ts";
import { type Law, LawError, type LawOptions } from "./law.ts";

const H = 1e-6;
const TOLERANCE = 1e-6; // central differences are good to about 1e-9 of the values; an error in a formula is about 1

/**
 * The way back is the transpose of the derivative J of project and step: ⟨dNext, J v⟩ = ⟨Jᵀ dNext, v⟩, for random v
 * over the previous state, the inputs and each parameter in turn. J v by central differences, always in float64.
 */
export const adjoint: Law = {
  name: "adjoint",
  says: "the way back is the adjoint of the step: ⟨dNext, J v⟩ = ⟨Jᵀ dNext, v⟩",
  run(cell: Cell, options: LawOptions = {}): void {
    const bench = new Bench(cell, { ...options, type: "float64" });
    const { all, parameters, gradients } = bench;
    const dNext = valuesOf(all.dNext);
    bench.run();
    const groups: { name: string; of: View; gradient: View }[] = [
      { name: "previous", of: all.previous, gradient: all.dPrevious },
      { name: "inputs", of: all.inputs as View, gradient: all.dInputs },
      ...Object.keys(cell.parameters.slices).map((name) => ({
        name,
        of: slice(parameters, cell.parameters, name),
        gradient: slice(gradients, cell.parameters, name),
      })),
    ];
    const random = new RandomState(options.seed ?? 1);
    for (const { name, of, gradient } of groups) {
      const gradientValues = valuesOf(gradient);
      const x = valuesOf(of);
      const v = Float64Array.from(x, () => random.uniform(-1, 1));
      const nextAt = (h: number): Float64Array => {
        setValues(
          of,
          x.map((value, i) => value + h * v[i]),
        );
        bench.bound.prepare();
        const { project, step } = bench.calls();
        project.run();
        step.run();
        return valuesOf(all.next);
      };
      const [ahead, behind] = [nextAt(H), nextAt(-H)];
      const Jv = ahead.map((value, i) => (value - behind[i]) / (2 * H));
      setValues(of, x);
      const error = adjointError({ v, Jv, dY: dNext, JtdY: gradientValues });
      if (error <= TOLERANCE) continue;
      const [forward, backward] = [inner(dNext, Jv), inner(gradientValues, v)];
      throw new LawError(
        "adjoint",
        `dL/d(${name}) is wrong: ⟨dNext, J v⟩ is ${forward}, ⟨Jᵀ dNext, v⟩ is ${backward} (relative error ${error.toExponential(2)})`,
        { of: name, forward, backward, error },
      );
    }
  },
};

function setValues({ data, offset, columns, stride }: View, values: Float64Array): void {
  values.forEach((value, i) => {
    data[offset + Math.floor(i / columns) * stride + (i % columns)] = value;
  });
}

function inner(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}
