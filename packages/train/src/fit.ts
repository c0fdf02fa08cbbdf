import { OptionError } from "@unroll/kernels";
import type { SequenceModel } from "@unroll/model";
import { Best } from "./best.ts";
import { checkData } from "./check-data.ts";
import type { Dataset } from "./data/index.ts";
import { flag, integer, knownOptions } from "./data/options.ts";
import { evaluateBy } from "./evaluate.ts";
import { Turns } from "./pause.ts";
import { STEP_OPTIONS, type StepResult, TrainingStep, type TrainingStepOptions } from "./training-step.ts";
import { inThread, type Work, type Workers, type WorkersReport } from "./workers/work.ts";

export interface FitOptions extends TrainingStepOptions {
  /** Ends when so many epochs are done, counted from epoch 0 wherever it started; 1 unless given. */
  readonly epochs?: number | undefined;
  /** Ends after so many updates of this call, if that comes first. */
  readonly steps?: number | undefined;
  /** Start with batch `from` of epoch `epoch`: where an earlier fit stopped. */
  readonly start?: { readonly epoch: number; readonly from: number } | undefined;
  /** Ends after the step under way. The model is then as that step left it. */
  readonly signal?: AbortSignal | undefined;
  /** Evaluated whenever `validateEvery` more updates are done in all (each epoch unless given), and at the end. */
  readonly validation?: Dataset | undefined;
  readonly validateEvery?: number | undefined;
  /** Ends when so many validations in a row brought no smaller loss. */
  readonly patience?: number | undefined;
  /** At the end the parameters of the best validation are put back, unless it is aborted; true unless given. */
  readonly restoreBest?: boolean | undefined;
  /** What an earlier fit found best, to go on from: that of a checkpoint. It is kept up to date. */
  readonly best?: Best | undefined;
  /** Who does the arithmetic, from "@unroll/train/workers"; this thread unless given. The bits are the same. */
  readonly workers?: Workers | undefined;
  /**
   * At least so many milliseconds from one event to the next; 0 unless given: an event for each update. Updates that are
   * followed by a validation, and the last one, always have theirs.
   */
  readonly eventInterval?: number | undefined;
}

const NAMES: readonly string[] = [
  "epochs",
  "steps",
  "start",
  "signal",
  "validation",
  "validateEvery",
  "patience",
  "restoreBest",
  "best",
  "workers",
  "eventInterval",
];

/** One update. */
export interface FitStep extends Readonly<StepResult> {
  readonly epoch: number;
  /** Batches of the epoch that are done: with `epoch`, where to start to go on. */
  readonly from: number;
  /** The mean validation loss, after those updates that are followed by a validation. */
  readonly validation?: { readonly loss: number; readonly best: boolean } | undefined;
  /** Where the arithmetic takes place, if `workers` were asked for. */
  readonly workers?: WorkersReport | undefined;
}

export interface FitResult {
  readonly reason: "finished" | "patience" | "aborted";
  /** Updates of this call. */
  readonly steps: number;
  /** The best validation so far, if there was one. */
  readonly best?: { readonly step: number; readonly loss: number } | undefined;
}

/**
 * Trains a model: an async iterator with one event for each update. It gives the event loop a turn every few
 * milliseconds. Leave the `for await` to stop, which leaves the model as it is; `signal` does it from outside.
 *
 * Hidden states are carried from batch to batch, or not, as the data set says. The optimizer goes on from the state it
 * has in the model; one that the model has not seen starts afresh.
 * @throws OptionError for options that are unknown, missing or out of range; while it runs, what `TrainingStep.run`
 * and `evaluate` throw
 */
export function fit(
  model: SequenceModel,
  data: Dataset,
  options: FitOptions,
): AsyncGenerator<FitStep, FitResult, void> {
  checkOptions(model, data, options);
  const { epochs = 1, steps, start, signal, workers, eventInterval = 0, ...rest } = options;
  const { validation, validateEvery, patience, restoreBest = true, best: given, ...ofStep } = rest;
  const step = new TrainingStep(model, ofStep, data);
  const best = validation && (given ?? new Best(model));
  let done = 0;
  return updates();

  async function* updates(): AsyncGenerator<FitStep, FitResult, void> {
    const room = { steps: data.steps, batch: data.batch };
    const work = (await workers?.start(model, options.loss, room)) ?? inThread(model);
    try {
      return yield* updatesBy(work);
    } finally {
      await work.end();
    }
  }

  async function* updatesBy(work: Work): AsyncGenerator<FitStep, FitResult, void> {
    const turns = new Turns();
    const events = new Turns(eventInterval);
    for (let epoch = start?.epoch ?? 0; epoch < epochs; epoch++) {
      let from = epoch === start?.epoch ? start.from : 0;
      for (const batch of data.batches(epoch, from)) {
        if (signal?.aborted) return end("aborted");
        const result = await step.runBy(work, batch);
        done++;
        from++;
        const endOfEpoch = from === data.batchesPerEpoch;
        const last = done === steps || (endOfEpoch && epoch === epochs - 1);
        let validated: FitStep["validation"];
        if (
          validation &&
          best &&
          (last || (validateEvery ? result.step % validateEvery === 0 : endOfEpoch))
        ) {
          const loss = await evaluateBy(work, model, validation, options.loss, signal);
          if (loss !== undefined) validated = { loss, best: best.offer(loss, result.step) };
        }
        if (eventInterval === 0 || events.due || last || validated || signal?.aborted) {
          yield { ...result, epoch, from, validation: validated, ...(workers && { workers: work.report }) };
          events.restart();
        }
        if (last && (validated || !validation)) return end("finished");
        if (signal?.aborted) return end("aborted");
        if (best && patience !== undefined && best.misses >= patience) return end("patience");
        if (turns.due) await turns.pause();
      }
    }
    return end("finished");
  }

  function end(reason: FitResult["reason"]): FitResult {
    if (restoreBest && reason !== "aborted") best?.restore();
    return { reason, steps: done, best: best?.found };
  }
}

function checkOptions(model: SequenceModel, data: Dataset, options: FitOptions): void {
  knownOptions("fit", options, [...STEP_OPTIONS, ...NAMES]);
  checkData("fit", "data", data, model);
  for (const name of ["epochs", "steps", "validateEvery", "patience"] as const) {
    const value = options[name];
    if (value !== undefined) integer("fit", name, value, 1);
  }
  const { eventInterval = 0, workers } = options;
  if (!(eventInterval >= 0 && eventInterval < Number.POSITIVE_INFINITY))
    throw new OptionError("fit", "eventInterval", eventInterval, "milliseconds, 0 or more");
  if (workers !== undefined && typeof workers.start !== "function")
    throw new OptionError("fit", "workers", workers, 'Workers, as workers() of "@unroll/train/workers"');
  if (options.restoreBest !== undefined) flag("fit", "restoreBest", options.restoreBest);
  if (options.start) {
    integer("fit", "start.epoch", options.start.epoch, 0);
    integer("fit", "start.from", options.start.from, 0, data.batchesPerEpoch);
  }
  const { validation } = options;
  if (validation === undefined) {
    for (const name of ["validateEvery", "patience", "restoreBest", "best"] as const)
      if (options[name] !== undefined)
        throw new OptionError("fit", name, options[name], "nothing without validation data");
    return;
  }
  const { best } = options;
  if (best !== undefined && best.model !== model)
    throw new OptionError("fit", "best", best, "a Best of this model");
  checkData("fit", "validation", validation, model);
  if (validation === data)
    throw new OptionError("fit", "validation", validation, "a data set of its own: its batches share memory");
}
