import { isTokens, NonFiniteError, StateError } from "@unroll/kernels";
import type { Batch, Objective, Plan, SequenceModel } from "@unroll/model";
import { clipByGlobalNorm, clipByValue, type Optimizer } from "@unroll/optim";
import { explainNonFinite } from "./non-finite.ts";

export interface TrainingStepOptions extends Objective, Pick<Plan, "truncation" | "checkpoint"> {
  readonly optimizer: Optimizer;
  /** θ: gradients whose norm over all parameters is larger are scaled down to it. */
  readonly clip?: number | undefined;
  /** Every entry of the gradients is cut to ± this, after `clip`. */
  readonly clipValue?: number | undefined;
}

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
  readonly #room: Pick<Plan, "steps" | "batch">;
  #reserved = false;
  readonly #result: StepResult = { step: 0, loss: 0, gradientNorm: 0, clippedNorm: 0 };

  /** `room`: T and B of the largest batch to come, if known, so that memory is reserved once. */
  constructor(
    model: SequenceModel,
    options: TrainingStepOptions,
    room: Pick<Plan, "steps" | "batch"> = { steps: 1, batch: 1 },
  ) {
    this.#model = model;
    this.#options = options;
    this.#room = room;
  }

  /**
   * @throws NonFiniteError if the loss or a gradient is NaN or infinite: it names the update, the time step or the
   * parameter. ShapeError, ValueError if the batch does not fit. Parameters, optimizer state and carried hidden states
   * are then as before the step.
   */
  run(batch: Batch): StepResult {
    const model = this.#model;
    const { optimizer, clip = Number.POSITIVE_INFINITY, clipValue } = this.#options;
    const result = this.#result;
    if (!this.#reserved) this.#reserve(batch);
    const state = model.optimizerState;
    if (!state) throw new StateError("TrainingStep", "the model's memory was reserved for another optimizer");
    try {
      result.loss = model.gradient(batch, this.#options);
      result.gradientNorm = clipByGlobalNorm(model.kernels, model.gradients, clip);
      result.clippedNorm = Math.min(clip, result.gradientNorm);
      if (clipValue !== undefined) clipByValue(model.kernels, model.gradients, clipValue);
      if (!Number.isFinite(result.loss)) throw new NonFiniteError("TrainingStep", "loss", result.loss);
      optimizer.update(model.kernels, model.parameters, model.gradients, state);
    } catch (error) {
      model.discardStates();
      throw explainNonFinite(error, model, batch, state.step + 1);
    }
    model.parametersChanged();
    result.step = state.step;
    return result;
  }

  #reserve({ steps, batch, inputs, targets }: Batch): void {
    const { optimizer, truncation, checkpoint } = this.#options;
    this.#model.reserve({
      steps: Math.max(steps, this.#room.steps),
      batch: Math.max(batch, this.#room.batch),
      tokenInputs: isTokens(inputs),
      tokenTargets: isTokens(targets),
      optimizer,
      truncation,
      checkpoint,
    });
    this.#reserved = true;
  }
}
