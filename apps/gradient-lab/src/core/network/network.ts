import { type Activation, identity, relu, sigmoid, tanh } from "@unroll/activations";
import { OptionError, View } from "@unroll/kernels";
import { glorotUniform, type Initializer, zeros } from "@unroll/linalg";
import { type Batch, SequenceModel } from "@unroll/model";
import { elmanCell, linearReadout } from "@unroll/rnn-cell";
import type { CellName, Settings } from "../settings.ts";
import { adding } from "../tasks/adding.ts";
import { copy } from "../tasks/copy.ts";
import { noise, steady } from "../tasks/recall.ts";
import type { Task } from "../tasks/task.ts";
import { text } from "../tasks/text.ts";
import { recurrence } from "./recurrent-weights.ts";
import { type Purpose, stream } from "./streams.ts";

/** A network as the settings describe it, before training, and what it is to do. */
export interface Network {
  readonly model: SequenceModel;
  readonly task: Task;
  /** h_0 of every sequence. */
  readonly start: Float64Array;
}

export const ACTIVATIONS: Readonly<Record<CellName, Activation>> = { linear: identity, tanh, relu, sigmoid };

/** Draws the network of the settings, in float64 and in arithmetic that has the same bits everywhere. */
export function drawNetwork(settings: Settings): Network {
  const { cell, hidden, seed } = settings;
  const task = taskOf(settings);
  const { W_hh, b_h, start } = recurrence(settings);
  const own = (purpose: Purpose, initializer: Initializer): Initializer => {
    return (target) => initializer(target, stream(seed, purpose));
  };
  const initializers = { W_hh: own("W_hh", W_hh), W_xh: own("W_xh", task.W_xh), b_h };
  const model = new SequenceModel({
    type: "float64",
    cells: [
      elmanCell({ inputSize: task.inputs, hiddenSize: hidden, activation: ACTIVATIONS[cell], initializers }),
    ],
    readout: linearReadout({
      inputSize: hidden,
      outputSize: task.outputs,
      initializers: { W_hy: own("W_hy", glorotUniform()), b_y: zeros },
    }),
  });
  model.initialize(stream(seed, "W_hh"));
  return { model, task, start };
}

/** The sequence that the lab shows. It depends on the seed, not on training. */
export function shownSequence({ seed, steps }: Settings, task: Task): Batch {
  return task.shown?.(steps) ?? task.sequences(steps, 1, stream(seed, "sequence"));
}

/** Lets the next `gradient` of a carrying batch of B sequences start from h_0. */
export function startFrom({ model, start }: Network, B: number): void {
  const states = Float64Array.from({ length: B * start.length }, (_, i) => start[i % start.length]);
  model.restoreStates([new View(states, 0, B, start.length)]);
}

function taskOf({ input, hidden, noise: s, text: given }: Settings): Task {
  switch (input) {
    case "noise":
      return noise(hidden, s);
    case "constant":
      return steady(s);
    case "adding":
      return adding;
    case "copy":
      return copy;
    case "text":
      return text(given);
    default:
      throw new OptionError("drawNetwork", "input", input, "noise, constant, adding, copy or text");
  }
}
