import { type ElementType, type FloatArray, OptionError, ValueError, type View } from "@unroll/kernels";
import { slice } from "@unroll/linalg";
import type { SequenceModel } from "@unroll/model";
import { allocate } from "../allocate.ts";
import { checkText } from "../check-text.ts";
import { entriesOf, type Named } from "../named.ts";
import { toOnnx } from "./activations.ts";
import { GraphWriter } from "./graph-writer.ts";
import { writeReadoutActivation } from "./readout-activation.ts";
import { WireWriter } from "./wire-writer.ts";

const WHERE = "writeOnnx";
const OPTIONS: readonly string[] = ["tokens", "type", "metadata"];
/** Operators of version 13, in a file of IR version 7: read by everything since the end of 2020. */
const OPSET = 13;
const IR_VERSION = 7;
/** Programs that read protobuf take no larger file. */
const LARGEST_FILE = 2 ** 31 - 1;

export interface WriteOnnxOptions {
  /** The input is tokens (int64, T×B) rather than rows of numbers (T×B×I). */
  readonly tokens?: boolean | undefined;
  /** That of the model unless given. ONNX Runtime runs RNN nodes in float32 only. */
  readonly type?: ElementType | undefined;
  /** Texts that go along, in `metadata_props`. */
  readonly metadata?: Named<string> | undefined;
}

/**
 * A model as an ONNX file of RNN nodes, one for each layer, that ONNX Runtime runs.
 *
 * Inputs: `inputs` T×B×I (or `tokens` T×B) and the states to start from, `initial_state_0` 1×B×n, … one for each
 * layer. Outputs: `outputs` T×B×O and `final_state_0` 1×B×n, … T (`steps`) and B (`batch`) are left open.
 *
 * A token is looked up in the columns of W_xh by Gather, which everything has, and the first RNN node gets the identity
 * as its W. Parameters keep their bits; those of an activation (as 0.2 of `leakyRelu(0.2)`) are float32 in ONNX.
 * @throws ValueError for what an ONNX file cannot hold: a cell that is no Elman cell, an activation that RNN nodes do
 * not have (in the readout more are possible), metadata that are not Unicode, more than 2 GB; OptionError, MemoryError
 */
export function writeOnnx(model: SequenceModel, options: WriteOnnxOptions = {}): Uint8Array {
  for (const [name, value] of Object.entries(options))
    if (!OPTIONS.includes(name))
      throw new OptionError(WHERE, name, value, `no such option: ${OPTIONS.join(", ")}`);
  const { tokens = false, type = model.type, metadata = {} } = options;
  if (typeof tokens !== "boolean") throw new OptionError(WHERE, "tokens", tokens, "true or false");
  if (type !== "float32" && type !== "float64")
    throw new OptionError(WHERE, "type", type, '"float32" or "float64"');

  const graph = new GraphWriter(type);
  let signal = writeInput(graph, model, tokens);
  for (let l = 0; l < model.cells.length; l++) signal = writeLayer(graph, model, l, signal, tokens);
  const opset = writeReadout(graph, model, signal);

  const file = new WireWriter()
    .integer(1, IR_VERSION)
    .string(2, "unroll")
    .message(7, graph.finish("unroll"))
    .message(8, new WireWriter().string(1, "").integer(2, opset ?? OPSET));
  for (const [key, value] of entriesOf(metadata)) {
    checkText(WHERE, "key of the metadata", key);
    checkText(WHERE, `metadata ${JSON.stringify(key)}`, value);
    file.message(14, new WireWriter().string(1, key).string(2, value));
  }
  if (file.size > LARGEST_FILE)
    throw new ValueError(WHERE, "size of the file", file.size, `at most ${LARGEST_FILE} bytes`);
  return file.into(allocate(WHERE, file.size));
}

/** Returns the name of what the first layer reads. */
function writeInput(graph: GraphWriter, model: SequenceModel, tokens: boolean): string {
  if (!tokens) {
    graph.input("inputs", ["steps", "batch", model.inputs]);
    return "inputs";
  }
  const W_xh = parameter(model, "0.W_xh");
  graph.input("tokens", ["steps", "batch"], "tokens");
  graph.numbers("input_table", [W_xh.columns, W_xh.rows], transposed(W_xh));
  graph.node("Gather", ["input_table", "tokens"], ["projected"], { axis: { int: 0 } });
  return "projected";
}

/** Returns the name of the layer's outputs. */
function writeLayer(
  graph: GraphWriter,
  model: SequenceModel,
  l: number,
  below: string,
  tokens: boolean,
): string {
  const { kind, config, outputSize: n, inputSize } = model.cells[l];
  if (kind !== "elman") throw new ValueError(WHERE, `kind of cell ${l}`, kind, '"elman"');
  const activation = toOnnx(String(config?.activation));
  if (!activation)
    throw new ValueError(
      WHERE,
      `activation of cell ${l}`,
      config?.activation,
      "one that RNN nodes of ONNX have",
    );
  const { name, alpha, beta, clip } = activation;

  const lookedUp = l === 0 && tokens;
  const W = lookedUp ? identityMatrix(n) : rowsOf(parameter(model, `${l}.W_xh`));
  const columns = lookedUp ? n : inputSize;
  graph.numbers(`W_${l}`, [1, n, columns], W);
  graph.numbers(`R_${l}`, [1, n, n], rowsOf(parameter(model, `${l}.W_hh`)));
  const biased = `${l}.b_h` in model.layout.slices;
  // ONNX adds a second bias. With −0 every number stays what it is, −0 too.
  if (biased) graph.numbers(`B_${l}`, [1, 2 * n], padded(rowsOf(parameter(model, `${l}.b_h`)), -0));

  graph.input(`initial_state_${l}`, [1, "batch", n]);
  graph.node(
    "RNN",
    [below, `W_${l}`, `R_${l}`, biased ? `B_${l}` : "", "", `initial_state_${l}`],
    [`states_${l}`, `final_state_${l}`],
    {
      hidden_size: { int: n },
      activations: [name],
      activation_alpha: alpha === undefined ? undefined : [alpha],
      activation_beta: beta === undefined ? undefined : [beta],
      clip,
    },
  );
  // Y has a dimension for directions.
  if (l === 0) graph.integers("directions", [1]);
  graph.node("Squeeze", [`states_${l}`, "directions"], [`layer_${l}`]);
  return `layer_${l}`;
}

/** Returns the operator set that the output's activation needs, if it is a newer one. */
function writeReadout(graph: GraphWriter, model: SequenceModel, below: string): number | undefined {
  const { activation, outputSize: p, inputSize: n } = model.readout;
  const biased = "readout.b_y" in model.layout.slices;
  const plain = activation.name === "identity";
  const product = biased ? "product" : plain ? "outputs" : "logits";
  graph.numbers("W_hy", [n, p], transposed(parameter(model, "readout.W_hy")));
  graph.node("MatMul", [below, "W_hy"], [product]);
  if (biased) {
    graph.numbers("b_y", [p], rowsOf(parameter(model, "readout.b_y")));
    graph.node("Add", [product, "b_y"], [plain ? "outputs" : "logits"]);
  }
  const opset = plain ? undefined : writeReadoutActivation(graph, activation.name, "logits", "outputs");
  graph.output("outputs", ["steps", "batch", p]);
  for (const [l, { outputSize }] of model.cells.entries())
    graph.output(`final_state_${l}`, [1, "batch", outputSize]);
  return opset;
}

function parameter(model: SequenceModel, name: string): View {
  return slice(model.parameters, model.layout, name);
}

/** The numbers of a parameter, row-major, in the model's own memory. */
function rowsOf({ data, offset, size }: View): FloatArray {
  return data.subarray(offset, offset + size);
}

function transposed({ data, offset, rows, columns }: View): FloatArray {
  const turned = new Float64Array(rows * columns);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) turned[c * rows + r] = data[offset + r * columns + c];
  return turned;
}

function identityMatrix(n: number): FloatArray {
  const matrix = new Float32Array(n * n);
  for (let i = 0; i < n; i++) matrix[i * (n + 1)] = 1;
  return matrix;
}

/** The values, and as many times another one after them. */
function padded(values: FloatArray, by: number): FloatArray {
  const all = new Float64Array(2 * values.length).fill(by);
  all.set(values);
  return all;
}
