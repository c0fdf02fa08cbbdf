import { isTokens, NonFiniteError, ValueError, type View } from "@unroll/kernels";
import { locate } from "@unroll/linalg";
import type { Batch, SequenceModel } from "@unroll/model";

/**
 * Where the first bad number of a training step stands: in the inputs, in a parameter, in the loss of a time step, or
 * in the gradient of a parameter and the latest time step that brought it. Undefined if there is none.
 */
export function findNonFinite(
  model: SequenceModel,
  batch: Batch,
  update: number,
): ValueError | NonFiniteError | undefined {
  const where = `training step ${update}`;
  return (
    badInput(where, batch) ??
    badEntry(where, "parameter", model.parameters, model, { update }) ??
    nonFiniteLoss(where, model, batch, { update }) ??
    badEntry(where, "gradient of", model.gradients, model, { update, ...latestBadStep(model) })
  );
}

/** The first loss of the last batch that is NaN or infinite. */
export function nonFiniteLoss(
  where: string,
  { losses }: SequenceModel,
  { batch }: Batch,
  details: Readonly<Record<string, number>>,
): NonFiniteError | undefined {
  const row = firstNonFinite(losses);
  if (row < 0) return undefined;
  const place = { "time step": Math.floor(row / batch), sequence: row % batch };
  return new NonFiniteError(where, "loss", element(losses, row), { ...details, ...place });
}

function badInput(where: string, { inputs, batch }: Batch): ValueError | undefined {
  if (isTokens(inputs)) return undefined;
  const index = firstNonFinite(inputs);
  if (index < 0) return undefined;
  const row = Math.floor(index / inputs.columns);
  const place = `row ${row} (time step ${Math.floor(row / batch)}, sequence ${row % batch})`;
  const name = `input of ${place}, column ${index % inputs.columns}`;
  return new ValueError(where, name, element(inputs, index), "a finite number");
}

/** The first bad number of a vector that is laid out as the parameters. */
function badEntry(
  where: string,
  what: string,
  vector: View,
  { layout }: SequenceModel,
  details: Readonly<Record<string, number>>,
): NonFiniteError | undefined {
  const index = firstNonFinite(vector);
  if (index < 0) return undefined;
  const { name, row, column } = locate(layout, index);
  return new NonFiniteError(where, `${what} ${name}[${row}, ${column}]`, element(vector, index), {
    ...details,
    parameter: name,
    row,
    column,
  });
}

/** The latest time step whose delta is not finite, with its layer, if the whole sequence is kept. */
function latestBadStep({ unrolled }: SequenceModel): Record<string, number> {
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
