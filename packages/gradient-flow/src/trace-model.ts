import { isTokens, type Rows, Tokens, View } from "@unroll/kernels";
import { countedWeight, reductionScale } from "@unroll/losses";
import { type Batch, checkBatch, type Objective, type SequenceModel } from "@unroll/model";
import { checkCount } from "./jacobians.ts";
import { Tracer } from "./tracer.ts";

/**
 * Traces one sequence of a batch through a model, from h_0 = 0; the tracer's `trace` is what came out. The scale c of the
 * loss is that of the whole batch, so the gradients of all B sequences add up to the model's.
 * @param sequence b, 0 … B-1; 0 unless given
 * @param tracer memory from an earlier call with the same model, and batches no longer than that one
 * @throws ShapeError, ValueError, NonFiniteError if the batch does not fit the model
 */
export function traceModel(
  model: SequenceModel,
  batch: Batch,
  { loss, reduction = "mean-over-steps" }: Objective,
  sequence = 0,
  tracer: Tracer = tracerOf(model, batch),
): Tracer {
  checkBatch(batch, model.inputs);
  checkCount("traceModel", "sequence", sequence, batch.batch - 1, 0);
  const weight = countedWeight(batch.targets, batch.weights);
  const only = <R extends Rows>(rows: R): R => sequenceOf(rows, sequence, batch.batch);
  tracer.run({
    parameters: model.parameters,
    inputs: only(batch.inputs),
    objective: {
      loss,
      targets: only(batch.targets),
      weights: batch.weights && only(batch.weights),
      scale: reductionScale(reduction, { batch: batch.batch, weight }),
    },
  });
  return tracer;
}

function tracerOf({ cells, readout, type }: SequenceModel, { steps, inputs, targets }: Batch): Tracer {
  return new Tracer({
    cells,
    readout,
    steps,
    type,
    tokens: isTokens(inputs),
    tokenTargets: isTokens(targets),
  });
}

/** The rows t·B + b of all steps t. */
function sequenceOf<R extends Rows>(rows: R, b: number, batch: number): R {
  const T = rows.rows / batch;
  if (isTokens(rows)) {
    const own = Int32Array.from({ length: T }, (_, t) => rows.data[rows.offset + t * batch + b]);
    return new Tokens(own, 0, T) as R;
  }
  const { data, offset, columns, stride } = rows as View;
  return new View(data, offset + b * stride, T, columns, stride * batch) as R;
}
