import { RandomState } from "@unroll/linalg";
import type { SequenceModel } from "@unroll/model";
import { adam, type Optimizer } from "@unroll/optim";
import { Best, fit, type Position, readCheckpoint, writeCheckpoint } from "@unroll/train";
import { loss, smallData, smallModel } from "./small.ts";

interface Settings {
  /** Up to update `ruin`; from then on a hundred times that. So the best parameters are not the last ones. */
  readonly learningRate: number;
  readonly ruin: number;
  readonly length: number;
  readonly epochs: number;
  readonly validateEvery: number;
}

const SETTINGS: Settings = {
  learningRate: 0.01,
  ruin: 90,
  length: 3 * 5 * 50 + 1,
  epochs: 4,
  validateEvery: 7,
};

export function optimizerOf(settings: unknown): Optimizer {
  const { learningRate, ruin } = settings as Settings;
  return adam({ learningRate: (step) => (step < ruin ? learningRate : 100 * learningRate) });
}

/** All that a run of 200 updates is about: it draws a number after each, and writes down what it saw. */
interface State {
  readonly model: SequenceModel;
  readonly optimizer: Optimizer;
  readonly position: Position;
  readonly best: Best;
  readonly random: RandomState;
  readonly settings: Settings;
  readonly losses: number[];
  readonly drawn: number[];
}

function begun(): State {
  const model = smallModel();
  return {
    model,
    optimizer: optimizerOf(SETTINGS),
    position: { epoch: 0, from: 0 },
    best: new Best(model),
    random: new RandomState(9),
    settings: SETTINGS,
    losses: [],
    drawn: [],
  };
}

/** From the file alone. */
function resumed(file: Uint8Array): State {
  const { model, optimizer, position, best, random, history, settings } = readCheckpoint(file, optimizerOf);
  return {
    model,
    optimizer,
    position,
    best: best ?? new Best(model),
    random: random as RandomState,
    settings: settings as Settings,
    losses: [...(history.get("loss") as Float64Array)],
    drawn: [...(history.get("drawn") as Float64Array)],
  };
}

function fileOf(state: State, position: Position): Uint8Array {
  const { model, optimizer, best, random, settings, losses, drawn } = state;
  const history = { loss: losses, drawn };
  return writeCheckpoint(model, { optimizer, position, best, random, settings, history });
}

/** Runs to the end, from the start or from a file, and returns the last file. `each` gets the file of every update. */
export async function recordedRun(file?: Uint8Array, each?: (file: Uint8Array) => void): Promise<Uint8Array> {
  const state = file ? resumed(file) : begun();
  const { model, optimizer, best, random, settings, losses, drawn } = state;
  const { length, epochs, validateEvery } = settings;
  let { position } = state;
  const validation = smallData({ length: 3 * 5 + 1, seed: 2 });
  const events = fit(model, smallData({ length }), {
    loss,
    optimizer,
    epochs,
    start: position,
    validation,
    validateEvery,
    best,
    restoreBest: false,
  });
  for await (const event of events) {
    position = { epoch: event.epoch, from: event.from };
    losses.push(event.loss);
    drawn.push(random.normal());
    each?.(fileOf(state, position));
  }
  return fileOf(state, position);
}
