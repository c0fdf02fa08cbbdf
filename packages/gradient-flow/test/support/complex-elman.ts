import { add, type Complex, complex, multiply, tanh } from "@unroll/gradcheck";
import type { Trace } from "@unroll/gradient-flow";
import type { Problem } from "./problem.ts";

/** The plainest steps of a tanh Elman stack, in complex numbers: from step k (its state, all layers) to h_{t}. */
export function steps(
  of: Problem,
  layout: Trace["layout"],
  state: readonly Complex[],
  k: number,
  t: number,
  parameters: readonly Complex[] = constants(of.run.parameters.data),
): Complex[] {
  const W = (name: string, i: number, j: number): Complex => {
    const { offset, columns } = layout.slices[name];
    return parameters[offset + i * columns + j];
  };
  const { m, cells, run } = of;
  let h = [...state];
  for (let step = k; step < t; step++) {
    let x = constants(run.inputs.data.slice(step * m, (step + 1) * m));
    const next: Complex[] = [];
    let first = 0;
    cells.forEach(({ stateSize: n }, l) => {
      const own = Array.from({ length: n }, (_, i) => {
        let z = W(`${l}.b_h`, 0, i);
        x.forEach((value, j) => {
          z = add(z, multiply(W(`${l}.W_xh`, i, j), value));
        });
        for (let j = 0; j < n; j++) z = add(z, multiply(W(`${l}.W_hh`, i, j), h[first + j]));
        return tanh(z);
      });
      next.push(...own);
      x = own;
      first += n;
    });
    h = next;
  }
  return h;
}

export function constants(values: ArrayLike<number>): Complex[] {
  return Array.from(values, (value) => complex(value));
}

/** L = Σ_t ½‖o_t‖² + c_tᵀ o_t of the problem, from its parameters alone. */
export function lossOf(of: Problem, layout: Trace["layout"], parameters: readonly Complex[]): Complex {
  const { offset, rows: p, columns } = layout.slices["readout.W_hy"];
  const bias = layout.slices["readout.b_y"].offset;
  let h: readonly Complex[] = constants(of.initialState);
  let loss = complex(0);
  for (let t = 0; t < of.T; t++) {
    h = steps(of, layout, h, t, t + 1, parameters);
    const visible = h.slice(h.length - columns);
    for (let i = 0; i < p; i++) {
      let o = parameters[bias + i];
      for (const [j, value] of visible.entries())
        o = add(o, multiply(parameters[offset + i * columns + j], value));
      loss = add(loss, multiply(o, add(multiply(0.5, o), of.c[t * p + i])));
    }
  }
  return loss;
}
