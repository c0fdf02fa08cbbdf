import { writeSafetensors } from "@unroll/io";
import { toKeras } from "@unroll/io/keras";
import { writeNpz } from "@unroll/io/numpy";
import { writeOnnx } from "@unroll/io/onnx";
import { toPyTorch } from "@unroll/io/pytorch";
import { type StandaloneModule, writeStandalone } from "@unroll/io/standalone";
import type { SequenceModel } from "@unroll/model";
import { UsageError } from "../errors.ts";
import type { Kind } from "./kinds.ts";

/** A form in which a model leaves. */
export interface Format {
  /** Of the files. */
  readonly ending: string;
  readonly kind: Kind;
  /** What it is, for people. */
  readonly about: string;
  /** What it does not hold, if there is something to know. */
  readonly note?: string;
  write(model: SequenceModel, metadata: ReadonlyMap<string, string>): Uint8Array;
  /** A second file beside it, with an ending of its own. */
  readonly beside?: {
    readonly ending: string;
    write(model: SequenceModel, metadata: ReadonlyMap<string, string>): Uint8Array;
  };
}

/** The activations of a model, in the metadata of files that hold only weights. */
export const ACTIVATION = "activation";
export const READOUT_ACTIVATION = "readout_activation";

const FORMATS: Readonly<Record<"onnx" | "pytorch" | "keras" | "module", Format>> = {
  onnx: {
    ending: ".onnx",
    kind: "onnx",
    about: "ONNX: RNN nodes that ONNX Runtime runs",
    write: (model, metadata) =>
      writeOnnx(model, { metadata, tokens: metadata.has("vocabulary"), type: "float32" }),
  },
  pytorch: {
    ending: ".pytorch.safetensors",
    kind: "safetensors",
    about: "safetensors with the names of nn.RNN and nn.Linear, rnn and fc, for load_state_dict",
    write(model, metadata) {
      const texts = new Map(metadata).set("format", "pt");
      const { activation } = model.cells[0]!.config ?? {};
      texts.set(ACTIVATION, String(activation)).set(READOUT_ACTIVATION, model.readout.activation.name);
      return writeSafetensors(toPyTorch(model), texts);
    },
  },
  keras: {
    ending: ".npz",
    kind: "npz",
    about: "NumPy arrays in the order of Keras' get_weights(): SimpleRNN layers, then Dense",
    note: "An .npz holds numbers only: import it with --like, to have activations and vocabulary back.",
    write: (model) => writeNpz(toKeras(model)),
  },
  module: {
    ending: ".mjs",
    kind: "module",
    about: "an ES module that needs nothing: step and run, with the weights inside",
    write: (model, metadata) => new TextEncoder().encode(moduleOf(model, metadata).code),
    beside: {
      ending: ".d.mts",
      write: (model, metadata) => new TextEncoder().encode(moduleOf(model, metadata).types),
    },
  },
};

function moduleOf(model: SequenceModel, metadata: ReadonlyMap<string, string>): StandaloneModule {
  const vocabulary: unknown = JSON.parse(metadata.get("vocabulary") ?? "null");
  return writeStandalone(model, Array.isArray(vocabulary) ? { vocabulary } : {});
}

export type FormatName = keyof typeof FORMATS;

/**
 * The format that was named, or the one that the name of the file tells.
 * @throws UsageError if neither says it
 */
export function chooseFormat(name: FormatName | undefined, out: string | undefined): Format {
  if (name) return FORMATS[name];
  const endings: readonly [string, FormatName][] = [
    [".onnx", "onnx"],
    [".safetensors", "pytorch"],
    [".npz", "keras"],
    [".mjs", "module"],
  ];
  const [, told] = endings.find(([ending]) => out?.endsWith(ending)) ?? [];
  if (told) return FORMATS[told];
  throw new UsageError(
    out === undefined ? "there is no format" : `the name ${out} does not tell a format`,
    { out },
    `Name one with --to: ${Object.keys(FORMATS).join(", ")}.`,
  );
}
