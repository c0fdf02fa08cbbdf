import { isTokens, NonFiniteError, OptionError, StateError } from "@unroll/kernels";
import type { Batch, Objective, Plan, SequenceModel } from "@unroll/model";
import { clipByGlobalNorm, clipByValue, type Optimizer } from "@unroll/optim";
import { knownOptions } from "./data/options.ts";
import { findNonFinite } from "./non-finite.ts";
import type { Work } from "./workers/work.ts";

export interface TrainingStepOptions extends Objective, Pick<Plan, "truncation" | "checkpoint"> {
  readonly optimizer: Optimizer;
  /** θ: gradients whose norm over all parameters is larger are scaled down to it. */
  readonly clip?: number | undefined;
  /** Every entry of the gradients is cut to ± this, after `clip`. */
  readonly clipValue?: number | undefined;
}

/** Names of the options, for those who pass them on. */
export const STEP_OPTIONS: readonly string[] = [
  "loss",
  "reduction",
  "optimizer",
  "clip",
  "clipValue",
  "truncation",
  "checkpoint",
];

/** What one training step did. The object is written again by the next one. */
export interface StepResult {
  /** Updates of the parameters so far, this one among them. */
  step: number;
  /** L of the batch, before the update. */
  loss: number;
  /** ‖g‖ over all parameters, before and after clipping by norm. */
  gradientNorm: number;
  clippedNorm: number;
}

/**
 * Forward, loss, gradients, clipping and update for one batch. Allocates nothing once the model has memory for the
 * largest batch.
 */
export class TrainingStep {
  readonly #model: SequenceModel;
  readonly #options: TrainingStepOptions;
  readonly #clip: number;
  readonly #room: Pick<Plan, "steps" | "batch">;
  /** The plan that served the last step. */
  #plan: Plan | undefined;
  readonly #result: StepResult = { step: 0, loss: 0, gradientNorm: 0, clippedNorm: 0 };

  /**
   * `room`: T and B of the largest batch to come, if known, so that memory is reserved once.
   * @throws OptionError for an option that is unknown, missing or out of range
   */
  constructor(
    model: SequenceModel,
    options: TrainingStepOptions,
    room: Pick<Plan, "steps" | "batch"> = { steps: 1, batch: 1 },
  ) {
    checkOptions(options);
    this.#model = model;
    this.#options = options;
    this.#clip = options.clip ?? Number.POSITIVE_INFINITY;
    this.#room = room;
  }

  /**
   * @throws NonFiniteError if the loss, a gradient or a parameter is NaN or infinite: it names the update, the time
   * step or the parameter. ValueError for such an input, with its row and column. What `SequenceModel.gradient` and
   * the optimizer throw. Parameters, optimizer state and carried hidden states are then as before the step.
   */
  run(batch: Batch): StepResult {
    if (this.#model.plan !== this.#plan) this.#reserve(batch);
    return this.#update(batch, this.#model.gradient(batch, this.#options));
  }

  /** `run` with the gradient made by workers. @throws as `run` does; WorkerError if one fails */
  async runBy(work: Work, batch: Batch): Promise<StepResult> {
    if (this.#model.plan !== this.#plan) this.#reserve(batch);
    return this.#update(batch, await work.gradient(batch, this.#options));
  }

  /** Clips the gradients and changes the parameters. */
  #update(batch: Batch, loss: number): StepResult {
    const model = this.#model;
    const result = this.#result;
    const { optimizer, clipValue } = this.#options;
    this.#plan = model.plan;
    const state = model.optimizerState;
    if (!state) throw new StateError("TrainingStep", "the optimizer reserved no state");
    try {
      if (!Number.isFinite(loss)) throw new NonFiniteError("TrainingStep", "loss", loss);
      result.loss = loss;
      result.gradientNorm = clipByGlobalNorm(model.kernels, model.gradients, this.#clip);
      result.clippedNorm = Math.min(this.#clip, result.gradientNorm);
      if (clipValue !== undefined) clipByValue(model.kernels, model.gradients, clipValue);
      optimizer.update(model.kernels, model.parameters, model.gradients, state);
    } catch (error) {
      model.discardStates();
      if (!(error instanceof NonFiniteError)) throw error;
      throw findNonFinite(model, batch, state.step + 1) ?? error;
    }
    model.parametersChanged();
    result.step = state.step;
    return result;
  }

  /** The model's plan is another than that of the last step. */
  #reserve({ inputs, targets }: Batch): void {
    const { optimizer, truncation, checkpoint } = this.#options;
    if (this.#plan && this.#model.plan.optimizer !== optimizer)
      throw new StateError("TrainingStep", "the model's memory was reserved for another optimizer meanwhile");
    const { steps, batch } = this.#room;
    this.#model.reserve({
      steps,
      batch,
      tokenInputs: isTokens(inputs),
      tokenTargets: isTokens(targets),
      optimizer,
      truncation,
      checkpoint,
    });
  }
}

function checkOptions(options: TrainingStepOptions): void {
  const where = "TrainingStep";
  knownOptions(where, options, STEP_OPTIONS);
  const { loss, optimizer } = options;
  if (typeof loss?.evaluate !== "function")
    throw new OptionError(where, "loss", loss, "a Loss, as softmaxCrossEntropy() of @unroll/losses");
  if (typeof optimizer?.update !== "function")
    throw new OptionError(where, "optimizer", optimizer, "an Optimizer, as adam() of @unroll/optim");
  for (const name of ["clip", "clipValue"] as const) {
    const value = options[name];
    if (value !== undefined && !(value > 0)) throw new OptionError(where, name, value, "a number above 0");
  }
}
