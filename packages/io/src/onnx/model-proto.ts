import { quote, type Refusals } from "../errors.ts";
import { DIMENSION, GRAPH, MODEL, OPSET, SHAPE, TENSOR_TYPE, TEXT_PAIR, TYPE, VALUE_INFO } from "./schema.ts";
import type { Span, WireReader } from "./wire-reader.ts";

/** More nodes and tensors than a stack of a hundred layers has; a bound on what a small file can make us keep. */
const MOST_PARTS = 1000;
/** More dimensions than a network of this kind has anywhere. */
const MOST_DIMENSIONS = 8;
/** The range of versions whose operators are known here. RNN had another form before 7. */
const OPSETS: readonly [first: number, last: number] = [7, 24];
const IR_VERSIONS: readonly [first: number, last: number] = [3, 13];

/** A message inside the file and where its field begins. */
export interface Part {
  readonly span: Span;
  readonly offset: number;
}

/** What a file says of itself, with its parts still unread. */
export interface ModelProto {
  readonly opset: number;
  readonly producer: string;
  readonly metadata: Map<string, string>;
  readonly nodes: readonly Part[];
  readonly initializers: readonly Part[];
  readonly inputs: readonly Part[];
  readonly outputs: readonly Part[];
}

/** An input or output of the graph: its type by number, and its sizes where they are known. */
export interface ValueInfo {
  readonly name: string;
  readonly type: number;
  readonly shape: readonly (number | undefined)[] | undefined;
  readonly offset: number;
}

export function readModelProto(reader: WireReader, whole: Span): ModelProto {
  const { refuse } = reader;
  let irVersion: { version: number; offset: number } | undefined;
  let graph: Part | undefined;
  const producer = { producer_name: "", producer_version: "" };
  const opsets = new Map<string, { version: number; offset: number }>();
  const metadata = new Map<string, string>();
  reader.message(whole, MODEL, (field, offset) => {
    if (field === "ir_version") irVersion = { version: reader.integer(), offset };
    else if (field === "graph") graph = { span: reader.span(), offset };
    else if (field === "producer_name" || field === "producer_version") producer[field] = reader.string();
    else if (field === "opset_import") readOpset(reader, offset, opsets);
    else if (field === "metadata_props") readTextPair(reader, offset, metadata);
    else if (field === "training_info" || field === "functions")
      throw refuse.unsupported("function", `the model has ${field}`, offset);
    if (metadata.size > MOST_PARTS || opsets.size > MOST_PARTS)
      throw refuse.unsupported("limit", `the model has more than ${MOST_PARTS} entries of ${field}`, offset);
  });
  if (irVersion === undefined)
    throw refuse.malformed("missing-field", "the model has no ir_version", whole.end);
  checkVersion("ir-version", "the IR version", irVersion, IR_VERSIONS, refuse);
  if (graph === undefined) throw refuse.malformed("missing-field", "the model has no graph", whole.end);
  const opset = opsets.get("");
  if (opset === undefined)
    throw refuse.malformed("missing-field", "the model imports no operators of ONNX", whole.end);
  checkVersion("opset", "the operator set", opset, OPSETS, refuse);
  const { producer_name, producer_version } = producer;
  return {
    opset: opset.version,
    producer: `${producer_name} ${producer_version}`.trim(),
    metadata,
    ...readGraph(reader, graph),
  };
}

function checkVersion(
  rule: string,
  what: string,
  { version, offset }: { readonly version: number; readonly offset: number },
  [first, last]: readonly [number, number],
  refuse: Refusals,
): void {
  if (!(version >= first && version <= last))
    throw refuse.unsupported(rule, `${what} is ${version}, read are ${first} to ${last}`, offset);
}

function readOpset(
  reader: WireReader,
  offset: number,
  opsets: Map<string, { version: number; offset: number }>,
): void {
  let domain = "";
  let version = 0;
  reader.message(reader.span(), OPSET, (field) => {
    if (field === "domain") domain = reader.string();
    else version = reader.integer();
  });
  if (domain === "ai.onnx") domain = "";
  if (opsets.has(domain))
    throw reader.refuse.malformed(
      "duplicate-name",
      `the operators ${quote(domain)} are imported twice`,
      offset,
    );
  opsets.set(domain, { version, offset });
}

function readTextPair(reader: WireReader, offset: number, metadata: Map<string, string>): void {
  let key = "";
  let value = "";
  reader.message(reader.span(), TEXT_PAIR, (field) => {
    if (field === "key") key = reader.string();
    else value = reader.string();
  });
  if (metadata.has(key))
    throw reader.refuse.malformed("duplicate-name", `the metadata have ${quote(key)} twice`, offset);
  metadata.set(key, value);
}

type Graph = Pick<ModelProto, "nodes" | "initializers" | "inputs" | "outputs">;

function readGraph(reader: WireReader, { span }: Part): Graph {
  const parts: Record<string, Part[]> = { node: [], initializer: [], input: [], output: [] };
  reader.message(span, GRAPH, (field, offset) => {
    if (field === "sparse_initializer" || field === "quantization_annotation")
      throw reader.refuse.unsupported("sparse", `the graph has a ${field}`, offset);
    if (!Object.hasOwn(parts, field)) return;
    parts[field].push({ span: reader.span(), offset });
    if (parts[field].length > MOST_PARTS)
      throw reader.refuse.unsupported("limit", `the graph has more than ${MOST_PARTS} ${field}s`, offset);
  });
  const { node, initializer, input, output } = parts;
  return { nodes: node, initializers: initializer, inputs: input, outputs: output };
}

export function readValueInfo(reader: WireReader, { span, offset }: Part): ValueInfo {
  const { refuse } = reader;
  let name = "";
  let type = 0;
  let shape: (number | undefined)[] | undefined;
  reader.message(span, VALUE_INFO, (field) => {
    if (field === "name") name = reader.string();
    else if (field === "type")
      reader.message(reader.span(), TYPE, (kind, at) => {
        if (kind === "denotation") return;
        if (kind !== "tensor_type")
          throw refuse.unsupported("data-type", `${quote(name)} is of a ${kind}, no tensor`, at);
        reader.message(reader.span(), TENSOR_TYPE, (part) => {
          if (part === "elem_type") type = reader.integer();
          else shape = readShape(reader, name);
        });
      });
  });
  return { name, type, shape, offset };
}

function readShape(reader: WireReader, name: string): (number | undefined)[] {
  const shape: (number | undefined)[] = [];
  reader.message(reader.span(), SHAPE, (_, offset) => {
    let size: number | undefined;
    let named = false;
    reader.message(reader.span(), DIMENSION, (field) => {
      if (field === "dim_value") size = reader.integer();
      else if (field === "dim_param") named = true;
    });
    if (size !== undefined && (named || !Number.isSafeInteger(size) || size < 0)) {
      const problem = named ? "has a value and a name" : `is ${size}`;
      throw reader.refuse.malformed("dims", `a dimension of ${quote(name)} ${problem}`, offset);
    }
    if (shape.length === MOST_DIMENSIONS)
      throw reader.refuse.unsupported(
        "limit",
        `${quote(name)} has more than ${MOST_DIMENSIONS} dimensions`,
        offset,
      );
    if (size === 0)
      throw reader.refuse.unsupported("shape", `a dimension of ${quote(name)} is empty`, offset);
    shape.push(size);
  });
  return shape;
}
