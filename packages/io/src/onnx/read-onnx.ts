import { type ElementType, type KernelChoice, OptionError, ValueError, type View } from "@unroll/kernels";
import type { SequenceModel } from "@unroll/model";
import { quote, Refusals } from "../errors.ts";
import { assemble, initialStates } from "./assemble.ts";
import type { Dimension } from "./axes.ts";
import { Budget } from "./budget.ts";
import { type Graph, walkGraph } from "./graph.ts";
import { readModelProto } from "./model-proto.ts";
import type { NetworkInput } from "./network.ts";
import type { Signal, Value } from "./values.ts";
import { WireReader } from "./wire-reader.ts";

const WHERE = "readOnnx";
const OPTIONS: readonly string[] = ["type", "maxBytes", "kernels"];

export interface ReadOnnxOptions {
  /** That of the model; what the file has unless given. */
  readonly type?: ElementType | undefined;
  /**
   * The most bytes that parameters may take which are made of the file's numbers, or stand there more than once. Twice
   * the file and 1 MiB unless given. An embedding before the first layer is multiplied into W_xh, and may need more.
   */
  readonly maxBytes?: number | undefined;
  /** Which arithmetic runs the model; "reproducible" unless given. */
  readonly kernels?: KernelChoice | undefined;
}

/** A model out of an ONNX file, and how the file orders what goes in and comes out. */
export interface OnnxFile {
  readonly model: SequenceModel;
  /**
   * `axes` has a letter for each dimension: T time, B batch, I inputs; 1 for one of size 1. Models of these packages
   * take "TBI" or, as tokens, "TB".
   */
  readonly input: { readonly name: string; readonly tokens: boolean; readonly axes: string };
  /** T time, B batch, O outputs; several in brackets stand in one dimension. Without T only the last step is given. */
  readonly output: { readonly name: string; readonly axes: string };
  /** h_0 of each layer, B×n, if the file has some that are not zero: for `States.restore`. */
  readonly initialStates: readonly View[] | undefined;
  /** The program that wrote the file, as it says. */
  readonly producer: string;
  readonly metadata: ReadonlyMap<string, string>;
}

/**
 * Reads an ONNX model: forward RNN nodes in a stack, whatever linear maps (Gemm, MatMul, Add, an embedding by Gather)
 * stand before, between and after them, one activation (Softmax, …) at the end, and the reshaping that exporters put
 * around them. Linear maps that follow each other become one, multiplied in float64.
 *
 * Operator sets 7 to 24. Nothing is read from outside the file.
 * @throws FormatError if the bytes break the rules of protobuf or ONNX; UnsupportedError for all else that is not read,
 * named: other operators, reverse and bidirectional nodes, sequence_lens, external data, … Both have the byte `offset`
 * and the `rule` in `details`. ValueError, OptionError for other arguments; MemoryError
 */
export function readOnnx(bytes: Uint8Array, options: ReadOnnxOptions = {}): OnnxFile {
  if (!(bytes instanceof Uint8Array)) throw new ValueError(WHERE, "bytes", bytes, "a Uint8Array");
  for (const [name, value] of Object.entries(options))
    if (!OPTIONS.includes(name))
      throw new OptionError(WHERE, name, value, `no such option: ${OPTIONS.join(", ")}`);
  const { type, maxBytes, kernels } = options;
  if (type !== undefined && type !== "float32" && type !== "float64")
    throw new OptionError(WHERE, "type", type, '"float32" or "float64"');
  if (maxBytes !== undefined && !(Number.isSafeInteger(maxBytes) && maxBytes >= 0))
    throw new OptionError(WHERE, "maxBytes", maxBytes, "a non-negative integer");

  const refuse = new Refusals(WHERE);
  const reader = new WireReader(bytes, refuse);
  const budget = new Budget(bytes.length, maxBytes, refuse);
  const proto = readModelProto(reader, { start: 0, end: bytes.length });
  const graph = walkGraph(reader, proto, budget);
  const { input, layers } = graph.network;
  if (!input) throw refuse.unsupported("structure", "the graph has no RNN node", bytes.length);
  const { name, signal } = outputOf(graph, refuse, bytes.length);
  return {
    model: assemble(type ?? input.type, layers, signal, budget, kernels),
    input: {
      name: input.name,
      tokens: input.tokens,
      axes: axesOf(graph.inputs.get(input.name) ?? [], input, "I"),
    },
    output: { name, axes: axesOf(signal.dimensions, input, "O") },
    initialStates: initialStates(type ?? input.type, layers, budget),
    producer: proto.producer,
    metadata: proto.metadata,
  };
}

/** The one output that is no final state; or, if all are, that of the last layer. */
function outputOf(
  { network, outputs }: Graph,
  refuse: Refusals,
  end: number,
): { readonly name: string; readonly signal: Signal } {
  const last = network.layers.length - 1;
  const candidates: { name: string; signal: Signal; offset: number }[] = [];
  for (const { name, value, offset } of outputs) {
    if (value.kind !== "signal" && value.kind !== "states")
      throw refuse.unsupported(
        "structure",
        `the output ${quote(name)} is not computed by the network`,
        offset,
      );
    if (value.kind === "signal" && !isState(value)) candidates.push({ name, signal: value, offset });
  }
  if (candidates.length > 1) {
    const names = candidates.map(({ name }) => quote(name)).join(" and ");
    throw refuse.unsupported(
      "structure",
      `the graph has the outputs ${names}, read is one`,
      candidates[1].offset,
    );
  }
  const states = outputs.flatMap(({ name, value, offset }) =>
    value.kind === "signal" && isState(value) ? [{ name, signal: value, offset }] : [],
  );
  const ofLast = (signal: Signal): boolean => signal.source.from === "layer" && signal.source.index === last;
  const chosen = candidates[0] ?? states.find(({ signal }) => ofLast(signal));
  if (!chosen) throw refuse.unsupported("structure", "the graph has no output of the last layer", end);
  if (!ofLast(chosen.signal))
    throw refuse.unsupported(
      "structure",
      `the output ${quote(chosen.name)} is not made of the last layer`,
      chosen.offset,
    );
  return chosen;
}

/** A final state as the layer gives it. */
function isState({ source, last, linear, activation }: Value & { kind: "signal" }): boolean {
  return source.from === "layer" && last && !linear.A && !linear.c && !activation;
}

/** A letter for each dimension. */
function axesOf(dimensions: readonly Dimension[], { time, batch }: NetworkInput, features: string): string {
  return dimensions
    .map((dimension) => {
      if (dimension.length === 0) return "1";
      const letters = dimension.map((axis) => {
        if (time.includes(axis)) return "T";
        return batch.includes(axis) ? "B" : features;
      });
      const text = [...new Set(letters)].join("");
      return text.length > 1 ? `(${text})` : text;
    })
    .join("");
}
