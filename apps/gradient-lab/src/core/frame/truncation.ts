import type { Trace } from "@unroll/gradient-flow";
import { isTokens, load } from "@unroll/kernels";
import { type Batch, SequenceModel } from "@unroll/model";
import { reachOf } from "../cut.ts";
import type { TruncationReport } from "../frame.ts";
import { type Network, startFrom } from "../network/network.ts";
import type { Settings } from "../settings.ts";
import { truncationOf } from "../training/training-options.ts";
import { rounded } from "../words/numbers.ts";
import { compare } from "./compare.ts";

/** The gradients of a sequence under truncation. */
export interface TruncatedRun {
  /** All parameters. */
  readonly gradient: Float64Array;
  /** T×n: dL/dh_t. */
  readonly totalGradients: Float64Array;
}

/** Runs the sequence once more and goes back as truncation does; undefined if there is none. */
export function runTruncated(
  settings: Settings,
  network: Network,
  batch: Batch,
  trace: Trace,
): TruncatedRun | undefined {
  const truncation = truncationOf(settings);
  if (!truncation) return undefined;
  const { cells, readout, parameters } = network.model;
  const model = new SequenceModel({ type: "float64", cells, readout });
  const kinds = { tokenInputs: isTokens(batch.inputs), tokenTargets: isTokens(batch.targets) };
  model.reserve({ steps: batch.steps, batch: 1, ...kinds, truncation });
  load(model.parameters, parameters);
  startFrom({ ...network, model }, 1);
  const n = network.start.length;
  const totalGradients = new Float64Array(batch.steps * n);
  const first = trace.layers.map((layer) => layer.first);
  // A step may lie in several windows; each adds what flows back through it.
  model.unrolled.onBackwardStep = ({ layer, step, dState }) => {
    for (let i = 0; i < dState.columns; i++)
      totalGradients[step * n + first[layer] + i] += dState.data[dState.offset + i];
  };
  model.gradient({ ...batch, carry: true }, { loss: network.task.loss });
  const { data, offset, size } = model.gradients;
  return { gradient: Float64Array.from(data.subarray(offset, offset + size)), totalGradients };
}

/** What truncation leaves of the gradient of W_hh. */
export function truncationReport(
  settings: Settings,
  trace: Trace,
  { gradient }: TruncatedRun,
): TruncationReport {
  const { offset, rows, columns } = trace.layout.slices["0.W_hh"];
  const part = (of: Float64Array): Float64Array => of.subarray(offset, offset + rows * columns);
  const { ratio, cosine, relativeError } = compare(part(gradient), part(trace.parameterGradient));
  const K = settings.truncate as number;
  const cuts = reachOf(settings, trace.steps).some((earliest) => earliest > 1);
  const kept = `keeps ${rounded(100 * ratio)} % of ‖∂L/∂W‖, cosine ${rounded(cosine)}`;
  const sentence = cuts ? `Truncation to ${K} steps ${kept}.` : `Truncation to ${K} steps cuts nothing here.`;
  return { kept: ratio, cosine, relativeError, sentence };
}
