import { NonFiniteError, View } from "@unroll/kernels";
import type { SequenceModel } from "@unroll/model";
import { inputSize } from "./inputs.ts";
import { type PreparedSeries, trainingMatrix } from "./prepare.ts";

/** Forecasts the validation rows of all series one row ahead, again and again while a network learns. */
export class Validation {
  readonly #parts: readonly Part[];
  /** Whether errors are in the unit of the one quantity there is, or in standard deviations of what the base leaves over. */
  readonly ownUnit: boolean;

  constructor(prepared: readonly PreparedSeries[]) {
    this.ownUnit = prepared.length === 1 && prepared[0]!.plan.columns === 1;
    this.#parts = prepared.map((each) => partOf(each, this.ownUnit));
  }

  /** The mean of |ŷ − y| over the validation rows, over quantities and series. @throws NonFiniteError */
  error(model: SequenceModel): number {
    let sum = 0;
    for (const { inputs, targets, from, weight } of this.#parts) {
      const outputs = model.run(inputs, { steps: inputs.rows, batch: 1 });
      for (let r = from; r < inputs.rows; r++)
        for (let c = 0; c < targets.columns; c++) {
          const said = outputs.data[outputs.offset + r * outputs.stride + c]!;
          sum += weight[c]! * Math.abs(said - targets.data[r * targets.columns + c]!);
        }
    }
    if (Number.isFinite(sum)) return sum;
    throw new NonFiniteError("validation", "error", sum, { update: model.optimizerState?.step ?? 0 });
  }
}

interface Part {
  readonly inputs: View;
  readonly targets: View;
  /** The first row that is validated. */
  readonly from: number;
  /** Of an error, by quantity. */
  readonly weight: readonly number[];
}

function partOf(prepared: PreparedSeries, ownUnit: boolean): Part {
  const { plan, split, start, fitted } = prepared;
  const matrix = trainingMatrix(prepared, split.validation);
  const width = inputSize(plan);
  const rows = split.validation - start;
  const inputs = new View(new Float32Array(rows * width), 0, rows, width);
  const targets = new View(new Float32Array(rows * plan.columns), 0, rows, plan.columns);
  for (let r = 0; r < rows; r++) {
    const at = r * matrix.columns;
    inputs.data.set(matrix.data.subarray(at, at + width), r * width);
    const next = at + matrix.columns + width; // a target stands one row after its inputs
    targets.data.set(matrix.data.subarray(next, next + plan.columns), r * plan.columns);
  }
  const from = Math.max(0, split.train - start);
  const share = 1 / ((rows - from) * plan.columns * plan.groups);
  const weight = fitted.scaling.scale.map((scale) => (ownUnit ? scale * share : share));
  return { inputs, targets, from, weight };
}
