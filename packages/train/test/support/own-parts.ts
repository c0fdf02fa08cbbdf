import { type ElementwiseActivation, elementwise } from "@unroll/activations";
import { type Loss, pointwiseLoss } from "@unroll/losses";
import { type CellOfInput, elmanCell } from "@unroll/rnn-cell";
import { alteredCell } from "@unroll/rnn-cell/laws";
import type { WorkerModule } from "@unroll/train/workers";

/** Parts of the test's own, as a module that workers import. */
export const cubic: ElementwiseActivation = elementwise({
  name: "cubic",
  value: (z) => z - z ** 3 / 9,
  derivative: (z) => 1 - z ** 2 / 3,
});

export const quartic: Loss = pointwiseLoss({
  name: "quartic",
  value: (o, y) => (o - y) ** 4,
  derivative: (o, y) => 4 * (o - y) ** 3,
});

/** A cell without `accumulatePart`, of a kind of its own. */
export function plain(hiddenSize: number): CellOfInput {
  return (inputSize) => ({
    ...alteredCell(elmanCell({ inputSize, hiddenSize, activation: cubic }), () => ({})),
    kind: "plain",
    config: { hiddenSize },
  });
}

/** A cell that fails at a step of the way back. */
export function failing(): CellOfInput {
  return (inputSize) => ({
    ...alteredCell(elmanCell({ inputSize, hiddenSize: 3 }), () => ({
      stepBackward() {
        throw new RangeError("the cell of the test fails");
      },
    })),
    kind: "failing",
    config: {},
  });
}

/** A cell that takes memory until there is none. */
export function greedy(): CellOfInput {
  return (inputSize) => ({
    ...alteredCell(elmanCell({ inputSize, hiddenSize: 3 }), () => ({
      stepBackward() {
        const all: number[][] = [];
        for (;;) all.push(Array.from({ length: 10_000 }, (_, i) => i + 0.5));
      },
    })),
    kind: "greedy",
    config: {},
  });
}

export const cells: WorkerModule["cells"] = {
  greedy,
  plain: ({ hiddenSize }) => plain(hiddenSize as number),
  failing,
};
export const activations: WorkerModule["activations"] = { cubic };
export const losses: WorkerModule["losses"] = { quartic };
