import { type Activation, activationNamed } from "@unroll/activations";
import { type KernelKind, OptionError } from "@unroll/kernels";
import { type Loss, lossNamed } from "@unroll/losses";
import type { ModelParts, SequenceModel } from "@unroll/model";
import { type CellOfInput, elmanCell, linearReadout } from "@unroll/rnn-cell";

type Config = Readonly<Record<string, unknown>>;

/** What a worker must know to make the parts of a model and a loss again. Can be posted. */
export interface Description {
  readonly type: ModelParts["type"];
  readonly kernels: KernelKind;
  readonly cells: readonly { readonly kind: string; readonly inputSize: number; readonly config: Config }[];
  readonly readout: {
    readonly inputSize: number;
    readonly outputSize: number;
    readonly activation: string;
    readonly bias: boolean;
  };
  readonly loss: string;
}

/**
 * What a module of your own exports for workers: makers of cells by `kind`, activations and losses by name. Functions
 * can't be sent to a worker, so it imports them.
 */
export interface WorkerModule {
  readonly cells?: Readonly<Record<string, (config: Config) => CellOfInput>>;
  readonly activations?: Readonly<Record<string, Activation>>;
  readonly losses?: Readonly<Record<string, Loss>>;
}

/** @throws OptionError for a cell that doesn't say what makes it again */
export function describe(model: SequenceModel, loss: Loss): Description {
  const { inputSize, outputSize, activation, parameters } = model.readout;
  return {
    type: model.type,
    kernels: model.kernels.kind,
    cells: model.cells.map(({ kind, inputSize, config }, l) => {
      if (!config)
        throw new OptionError("workers", `cells[${l}].config`, config, "what makes the cell again");
      return { kind, inputSize, config };
    }),
    readout: { inputSize, outputSize, activation: activation.name, bias: "b_y" in parameters.slices },
    loss: loss.name,
  };
}

/** @throws OptionError for a name that neither the packages nor the module know */
export function partsOf(
  { type, kernels, cells, readout, loss }: Description,
  module: WorkerModule = {},
): { readonly parts: ModelParts; readonly loss: Loss } {
  const activation = (name: string): Activation => own(module.activations, name) ?? activationNamed(name);
  return {
    loss: own(module.losses, loss) ?? lossNamed(loss),
    parts: {
      type,
      kernels,
      cells: cells.map(({ kind, inputSize, config }) => {
        const maker = own(module.cells, kind);
        if (maker) return maker(config)(inputSize);
        if (kind !== "elman")
          throw new OptionError(
            "workers",
            "cells",
            kind,
            `"elman", or a kind that the module exports in cells`,
          );
        const { hiddenSize, activation: name, bias } = config as Record<string, never>;
        return elmanCell({ inputSize, hiddenSize, bias, activation: activation(name) });
      }),
      readout: linearReadout({ ...readout, activation: activation(readout.activation) }),
    },
  };
}

function own<T>(of: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return of && Object.hasOwn(of, name) ? of[name] : undefined;
}
