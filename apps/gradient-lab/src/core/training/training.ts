import { load, View } from "@unroll/kernels";
import { adam, globalNorm, momentum, type Optimizer, sgd } from "@unroll/optim";
import { TrainingStep } from "@unroll/train";
import { type Network, startFrom } from "../network/network.ts";
import { stream } from "../network/streams.ts";
import { type TrainingOptions, truncationOf } from "./training-options.ts";

/** Sequences of a training batch. */
const BATCH = 8;

/** The parameters and what the optimizer remembers. */
export interface Snapshot {
  readonly parameters: Float64Array;
  readonly step: number;
  readonly vectors: Readonly<Record<string, Float64Array>>;
}

/** What one update met, before it changed the parameters. */
export interface UpdateFigures {
  readonly loss: number;
  readonly gradientNorm: number;
  readonly clippedNorm: number;
}

/** Makes updates of a network. Update u depends on the network, the options in force and (seed, u), and on nothing else. */
export class Training {
  readonly #network: Network;
  readonly #seed: number;
  readonly #optimizers: Readonly<Record<TrainingOptions["optimizer"], Optimizer>>;
  #options: TrainingOptions;
  #step: TrainingStep;

  constructor(network: Network, seed: number, options: TrainingOptions) {
    const learningRate = (): number => this.#options.rate;
    this.#network = network;
    this.#seed = seed;
    this.#optimizers = {
      sgd: sgd({ learningRate }),
      momentum: momentum({ learningRate, momentum: 0.9 }),
      adam: adam({ learningRate }),
    };
    this.#options = options;
    this.#step = this.#makeStep();
  }

  /** Makes the next updates with these options. An optimizer of another kind begins anew, another rate goes on. */
  use(options: TrainingOptions): void {
    if (options === this.#options) return;
    this.#options = options;
    this.#step = this.#makeStep();
  }

  /** Update number u, from 0. @throws NonFiniteError and changes nothing if a number is not finite */
  run(u: number): UpdateFigures {
    const { model, task, start } = this.#network;
    const batch = task.sequences(this.#options.steps, BATCH, stream(this.#seed, "training", u));
    const carry = start.some((value) => value !== 0);
    if (carry) startFrom(this.#network, BATCH);
    const { loss, gradientNorm, clippedNorm } = this.#step.run({ ...batch, carry });
    const byValue = this.#options.clip === "value";
    return {
      loss,
      gradientNorm,
      clippedNorm: byValue ? globalNorm(model.kernels, model.gradients) : clippedNorm,
    };
  }

  save(): Snapshot {
    const { parameters, optimizerState } = this.#network.model;
    const { step = 0, vectors = {} } = optimizerState ?? {};
    const copied = Object.entries(vectors).map(([name, view]) => [name, numbers(view)]);
    return { parameters: numbers(parameters), step, vectors: Object.fromEntries(copied) };
  }

  restore({ parameters, step, vectors }: Snapshot): void {
    const { model } = this.#network;
    const { optimizerState } = model;
    load(model.parameters, row(parameters));
    if (optimizerState) {
      optimizerState.step = step;
      for (const [name, values] of Object.entries(vectors)) load(optimizerState.vectors[name], row(values));
    }
    model.parametersChanged();
  }

  #makeStep(): TrainingStep {
    const { model, task } = this.#network;
    const { steps, clip, threshold, optimizer: kind } = this.#options;
    const truncation = truncationOf(this.#options);
    const optimizer = this.#optimizers[kind];
    const kinds = { tokenInputs: task.tokens, tokenTargets: task.loss.targets === "tokens" };
    model.reserve({ steps, batch: BATCH, ...kinds, truncation, optimizer });
    return new TrainingStep(
      model,
      {
        loss: task.loss,
        optimizer,
        truncation,
        ...(clip === "norm" && { clip: threshold }),
        ...(clip === "value" && { clipValue: threshold }),
      },
      { steps, batch: BATCH },
    );
  }
}

const numbers = ({ data, offset, size }: View): Float64Array =>
  Float64Array.from(data.subarray(offset, offset + size));
const row = (values: Float64Array): View => new View(values, 0, 1, values.length);
