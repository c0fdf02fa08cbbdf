import {
  boundLadder,
  carriedGradients,
  lyapunovSpectrum,
  type ProductNorms,
  type ProductRoom,
  productRows,
  type Trace,
  type TraceRun,
  Tracer,
  temporalContributions,
} from "@unroll/gradient-flow";
import { isTokens } from "@unroll/kernels";
import { countedWeight, reductionScale } from "@unroll/losses";
import type { Batch } from "@unroll/model";
import type { Frame } from "../frame.ts";
import { type Network, shownSequence } from "../network/network.ts";
import type { Settings } from "../settings.ts";
import { statusOf } from "../words/status.ts";
import { chainOf } from "./chain.ts";
import { clipReport } from "./clip.ts";
import { histogram } from "./histogram.ts";
import { mapsOf } from "./maps.ts";
import { spectrumOf } from "./spectrum.ts";
import { truncatedRun, truncationReport } from "./truncation.ts";

/** What a frame is made of, kept for questions about single cells of the map. */
export interface Measured {
  readonly frame: Frame;
  readonly trace: Trace;
  readonly norms: ProductNorms;
}

export interface MeasureOptions {
  /** Lanczos steps for each norm: an estimate from below. Exact unless given. */
  readonly iterations?: number | undefined;
  /** Of a frame of the same sizes: where estimates start. Exact frames don't look at it, so their bits depend on the settings alone. */
  readonly start?: ProductNorms | undefined;
  /** Memory of an earlier frame of the same sizes. */
  readonly room?: ProductRoom | undefined;
  /** Milliseconds, for the time it took. */
  readonly clock: () => number;
}

/** Measures a network that has been trained as often as the settings say, on their sequence. Yields the share that is done, from 0 to 1, now and then. */
export function* measure(
  settings: Settings,
  network: Network,
  { iterations, start, room, clock }: MeasureOptions,
): Generator<number, Measured> {
  const began = clock();
  const batch = shownSequence(settings, network.task);
  const T = batch.steps;
  const tracer = tracerOf(network, batch);
  const trace = tracer.run(runOf(network, batch));
  const exact = iterations === undefined;
  const rows = productRows(trace, exact ? { room } : { room, iterations, start });
  let row = rows.next();
  for (; !row.done; row = rows.next()) yield (row.value / T) ** 2;
  const norms = row.value;
  const carried = carriedGradients(trace);
  const lyapunov = lyapunovSpectrum(trace, { exponents: 1 })[0];
  const ladder = boundLadder(trace, T, { norms, carried, lyapunov });
  yield 1;
  const contributions = temporalContributions(tracer).logNorms;
  const maps = mapsOf({ norms, carried, contributions, ladder }, settings.norm);
  const truncated = truncatedRun(settings, tracer);
  const spectrum = spectrumOf(trace, lyapunov);
  const words = network.task.words(batch);
  const corner = (T - 1) * T;
  const frame: Frame = {
    settings,
    steps: T,
    hidden: trace.stateSize,
    update: settings.trained,
    exact,
    milliseconds: 0,
    backend: tracer.stack.arena.kernels.kind,
    labels: words.labels,
    chain: chainOf(trace, norms, batch, words, truncated?.totalGradients ?? trace.totalGradients),
    maps,
    spectrum,
    saturation: histogram(
      trace.layers.flatMap(({ elman }) => Array.from(elman?.derivatives ?? [])),
      spectrum.gamma,
    ),
    truncation: truncated && truncationReport(settings, trace, truncated),
    clip: clipReport(settings, truncated?.gradient ?? trace.parameterGradient),
    status: statusOf(settings, T, maps.measured[corner], maps.bound[corner], exact ? "" : "~"),
  };
  return { frame: { ...frame, milliseconds: clock() - began }, trace, norms };
}

/** Memory for one sequence of the network, in float64 and in arithmetic that has the same bits everywhere. */
function tracerOf({ model: { cells, readout } }: Network, { steps, inputs, targets }: Batch): Tracer {
  return new Tracer({ cells, readout, steps, tokens: isTokens(inputs), tokenTargets: isTokens(targets) });
}

/** The sequence from h_0 on, with its loss averaged over the steps that count. */
function runOf({ model, task, start }: Network, { inputs, targets, weights }: Batch): TraceRun {
  const weight = countedWeight(targets, weights);
  const scale = reductionScale("mean-over-steps", { batch: 1, weight });
  const objective = { loss: task.loss, targets, weights, scale };
  return { parameters: model.parameters, inputs, initialState: start, objective };
}
