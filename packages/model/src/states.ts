import type { Unrolled } from "@unroll/bptt";
import { load, type View } from "@unroll/kernels";
import type { OptimizerState } from "@unroll/optim";

/** Zeros the rows whose flag is set. */
export function clearRows(state: View, flags: Uint8Array): void {
  for (let b = 0; b < state.rows; b++) {
    if (flags[b])
      state.data.fill(0, state.offset + b * state.stride, state.offset + b * state.stride + state.columns);
  }
}

/** Copies the boundary states of every layer into a stack with room for them. */
export function moveStates(from: Unrolled, to: Unrolled): void {
  to.layers.forEach(({ initialState, finalState }, l) => {
    const old = from.layers[l];
    initialState.rows = old.initialState.rows;
    finalState.rows = old.finalState.rows;
    load(initialState, old.initialState);
    load(finalState, old.finalState);
  });
}

/** Copies an optimizer's state into a twin of it. */
export function moveOptimizerState(from: OptimizerState, to: OptimizerState): void {
  to.step = from.step;
  for (const [name, vector] of Object.entries(to.vectors)) load(vector, from.vectors[name]);
}
