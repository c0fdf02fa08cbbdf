import { isTokens, NonFiniteError, ValueError, type View } from "@unroll/kernels";
import { locate } from "@unroll/linalg";
import type { Batch, SequenceModel } from "@unroll/model";

/**
 * Says of a NonFiniteError of a training step where the first bad number stands: in the inputs, in the loss of a time
 * step, or in the gradient of a parameter and the latest time step that brought it. Other errors stay as they are.
 */
export function explainNonFinite(
  error: unknown,
  model: SequenceModel,
  batch: Batch,
  update: number,
): unknown {
  if (!(error instanceof NonFiniteError)) return error;
  const where = `training step ${update}`;
  const badInput = isTokens(batch.inputs) ? -1 : firstNonFinite(batch.inputs);
  if (badInput >= 0 && !isTokens(batch.inputs)) {
    const row = Math.floor(badInput / batch.inputs.columns);
    const column = badInput % batch.inputs.columns;
    return new ValueError(
      where,
      `input of row ${row}, column ${column}`,
      element(batch.inputs, badInput),
      "a finite number",
    );
  }
  const badLoss = firstNonFinite(model.losses);
  if (badLoss >= 0) {
    return new NonFiniteError(where, "loss", element(model.losses, badLoss), {
      update,
      "time step": Math.floor(badLoss / batch.batch),
      sequence: badLoss % batch.batch,
    });
  }
  const badGradient = firstNonFinite(model.gradients);
  if (badGradient < 0) return error;
  const { name, row, column } = locate(model.layout, badGradient);
  return new NonFiniteError(
    where,
    `gradient of ${name}[${row}, ${column}]`,
    element(model.gradients, badGradient),
    {
      update,
      parameter: name,
      row,
      column,
      ...latestBadStep(model),
    },
  );
}

/** The latest time step whose delta is not finite, with its layer, if the whole sequence is kept. */
function latestBadStep({ unrolled }: SequenceModel): { "time step"?: number; layer?: number } {
  if (unrolled.steps > unrolled.plan.segment) return {};
  for (let t = unrolled.steps - 1; t >= 0; t--) {
    for (let layer = unrolled.layers.length - 1; layer >= 0; layer--) {
      if (firstNonFinite(unrolled.layers[layer].delta.at(t)) >= 0) return { "time step": t, layer };
    }
  }
  return {};
}

/** Index of the first NaN or infinite element of a matrix in any memory, or -1. */
function firstNonFinite(X: View): number {
  for (let index = 0; index < X.size; index++) if (!Number.isFinite(element(X, index))) return index;
  return -1;
}

function element({ data, offset, columns, stride }: View, index: number): number {
  return data[offset + Math.floor(index / columns) * stride + (index % columns)];
}
