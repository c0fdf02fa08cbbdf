import { load, OptionError, View } from "@unroll/kernels";
import type { SequenceModel } from "@unroll/model";
import type { Dataset } from "./data/index.ts";
import { evaluate, TURN } from "./evaluate.ts";
import { pause } from "./pause.ts";
import { type StepResult, TrainingStep, type TrainingStepOptions } from "./training-step.ts";

export interface FitOptions extends TrainingStepOptions {
  /** Ends after so many epochs; 1 unless given. */
  readonly epochs?: number | undefined;
  /** Ends after so many updates, if that comes first. */
  readonly steps?: number | undefined;
  /** Start with batch `from` of epoch `epoch`: where an earlier fit stopped. */
  readonly start?: { readonly epoch: number; readonly from: number } | undefined;
  /** Ends after the step under way. The model is then as that step left it. */
  readonly signal?: AbortSignal | undefined;
  /** Evaluated every `validateEvery` updates (an epoch unless given), and at the end. */
  readonly validation?: Dataset | undefined;
  readonly validateEvery?: number | undefined;
  /** Ends when so many validations in a row brought no better loss. */
  readonly patience?: number | undefined;
  /** At the end the parameters of the best validation are put back; true unless given. */
  readonly restoreBest?: boolean | undefined;
}

/** One update. */
export interface FitStep extends Readonly<StepResult> {
  readonly epoch: number;
  /** Batches of the epoch that are done: with `epoch`, where to start to go on. */
  readonly from: number;
  /** The mean validation loss, after those updates that are followed by a validation. */
  readonly validation?: { readonly loss: number; readonly best: boolean } | undefined;
}

export interface FitResult {
  readonly reason: "finished" | "patience" | "aborted";
  readonly steps: number;
  /** The best validation, if there was one. */
  readonly best?: { readonly step: number; readonly loss: number } | undefined;
}

/**
 * Trains a model: an async iterator with one event for each update. It gives the event loop a turn every few
 * milliseconds. Leave the `for await` to stop; `signal` does it from outside.
 *
 * Hidden states are carried from batch to batch, or not, as the data set says.
 * @throws OptionError for options out of range; what `TrainingStep.run` throws
 */
export async function* fit(
  model: SequenceModel,
  data: Dataset,
  options: FitOptions,
): AsyncGenerator<FitStep, FitResult, void> {
  checkOptions(model, data, options);
  const {
    epochs = 1,
    steps = Number.POSITIVE_INFINITY,
    start,
    signal,
    validation,
    patience,
    restoreBest = true,
  } = options;
  const step = new TrainingStep(model, options, data);
  const best = validation && new Best(model);
  let done = 0;
  let turn = performance.now();

  const end = (reason: FitResult["reason"]): FitResult => {
    if (best && restoreBest && reason !== "aborted") best.restore();
    return { reason, steps: done, best: best?.found };
  };

  for (let epoch = start?.epoch ?? 0; epoch < epochs; epoch++) {
    let from = epoch === start?.epoch ? start.from : 0;
    for (const batch of data.batches(epoch, from)) {
      if (done >= steps) return end("finished");
      if (signal?.aborted) return end("aborted");
      const result = step.run(batch);
      done++;
      from++;
      let validated: FitStep["validation"];
      const lastOfEpoch = from === data.batchesPerEpoch;
      const last = done === steps || (lastOfEpoch && epoch === epochs - 1);
      const due = options.validateEvery ? done % options.validateEvery === 0 : lastOfEpoch;
      if (validation && best && (due || last)) {
        const loss = await evaluate(model, validation, options.loss, { signal });
        if (loss !== undefined) validated = { loss, best: best.offer(loss, result.step) };
      }
      yield { ...result, epoch, from, validation: validated };
      if (patience !== undefined && best && best.misses >= patience) return end("patience");
      if (performance.now() - turn > TURN) {
        await pause();
        turn = performance.now();
      }
    }
  }
  return end("finished");
}

/** The parameters at the best validation so far. */
class Best {
  found: { step: number; loss: number } | undefined;
  /** Validations since then. */
  misses = 0;
  readonly #model: SequenceModel;
  readonly #parameters: View;

  constructor(model: SequenceModel) {
    const { columns } = model.parameters;
    const data = model.type === "float32" ? new Float32Array(columns) : new Float64Array(columns);
    this.#model = model;
    this.#parameters = new View(data, 0, 1, columns);
  }

  offer(loss: number, step: number): boolean {
    const better = !this.found || loss < this.found.loss;
    this.misses = better ? 0 : this.misses + 1;
    if (better) {
      this.found = { step, loss };
      load(this.#parameters, this.#model.parameters);
    }
    return better;
  }

  restore(): void {
    if (!this.found) return;
    load(this.#model.parameters, this.#parameters);
    this.#model.parametersChanged();
  }
}

function checkOptions(model: SequenceModel, data: Dataset, options: FitOptions): void {
  for (const name of ["epochs", "steps", "validateEvery", "patience"] as const) {
    const value = options[name];
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 1)) {
      throw new OptionError("fit", name, value, "a positive integer");
    }
  }
  if (options.patience !== undefined && !options.validation) {
    throw new OptionError("fit", "patience", options.patience, "nothing without validation data");
  }
  for (const [name, set] of Object.entries({ data, validation: options.validation })) {
    if (set && (set.inputSize !== model.inputs || set.targetSize !== model.outputs)) {
      const expected = `${model.inputs} inputs and ${model.outputs} outputs, those of the model`;
      throw new OptionError("fit", name, `${set.inputSize} inputs and ${set.targetSize} outputs`, expected);
    }
  }
}
