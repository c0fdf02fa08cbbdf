import type { ElementType } from "@unroll/kernels";
import { quote } from "../errors.ts";
import type { Dimension } from "./axes.ts";
import type { Budget } from "./budget.ts";
import { UNCHANGED } from "./linear-map.ts";
import { type ModelProto, type Part, readValueInfo } from "./model-proto.ts";
import type { Network } from "./network.ts";
import { type Attribute, type NodeProto, readAttribute, readNode } from "./node.ts";
import { NodeContext } from "./node-context.ts";
import { NOT_READ, operators } from "./operators.ts";
import { readTensor, typeName } from "./tensor.ts";
import type { Signal, Value } from "./values.ts";
import type { WireReader } from "./wire-reader.ts";

/** A graph after all its nodes were gone through. */
export interface Graph {
  readonly network: Network;
  /** The inputs that are not numbers of the file, with their dimensions. */
  readonly inputs: ReadonlyMap<string, readonly Dimension[]>;
  readonly outputs: readonly { readonly name: string; readonly value: Value; readonly offset: number }[];
}

/**
 * Goes through the nodes in their order, and finds out what each value is in terms of the network: numbers of the
 * file, integers about shapes, or a linear map of what a layer gives. Nothing is computed but products of matrices
 * that stand one after the other.
 */
export function walkGraph(reader: WireReader, proto: ModelProto, budget: Budget): Graph {
  const { refuse } = reader;
  const values = new Map<string, Value>();
  const define = (name: string, value: Value, offset: number): void => {
    if (name === "") throw refuse.malformed("missing-field", "a value has no name", offset);
    if (values.has(name)) throw refuse.malformed("duplicate-name", `${quote(name)} is there twice`, offset);
    values.set(name, value);
  };
  for (const { span, offset } of proto.initializers) {
    const { name, value } = readTensor(reader, span, offset);
    define(name, value, offset);
  }
  const inputs = readInputs(reader, proto.inputs, values, define);
  const network: Network = { budget, layers: [], input: undefined };
  const known = operators();
  for (const { span, offset } of proto.nodes) {
    budget.offset = offset;
    const node = readNode(reader, span, offset);
    const operator = known.get(node.operator);
    const domain = node.domain === "" || node.domain === "ai.onnx";
    const label = `the node ${quote(node.name)}, ${quote(node.operator)}`;
    if (!domain) throw refuse.unsupported("domain", `${label}, is of ${quote(node.domain)}`, offset);
    if (!operator) {
      const why = Object.hasOwn(NOT_READ, node.operator)
        ? NOT_READ[node.operator]
        : "an operator that is not read";
      throw refuse.unsupported("operator", `${label}: ${why}`, offset);
    }
    const attributes = readAttributes(reader, node, operator.attributes);
    const context = new NodeContext(
      node,
      proto.opset,
      inputsOf(reader, node, values),
      attributes,
      network,
      reader,
    );
    const [least, most] = operator.inputs;
    if (node.inputs.length < least || node.inputs.length > most)
      throw context.malformed(
        "missing-field",
        `has ${node.inputs.length} inputs, expected ${least} to ${most}`,
      );
    const result = operator.run(context);
    const made = Array.isArray(result) ? (result as readonly Value[]) : [result as Value];
    for (const [place, name] of node.outputs.entries()) {
      if (name === "") continue;
      if (place >= made.length) throw context.malformed("shape", `has no output ${place}`);
      define(name, made[place], offset);
    }
  }
  return { network, inputs, outputs: readOutputs(reader, proto.outputs, values) };
}

function readInputs(
  reader: WireReader,
  parts: readonly Part[],
  values: ReadonlyMap<string, Value>,
  define: (name: string, value: Value, offset: number) => void,
): Map<string, readonly Dimension[]> {
  const inputs = new Map<string, readonly Dimension[]>();
  const seen = new Set<string>();
  for (const part of parts) {
    const { name, type, shape, offset } = readValueInfo(reader, part);
    if (seen.has(name))
      throw reader.refuse.malformed("duplicate-name", `the input ${quote(name)} is there twice`, offset);
    seen.add(name);
    if (values.has(name)) continue; // a default value, which older files have for all numbers
    const ofType = INPUT_TYPES[typeName(type)];
    if (!ofType)
      throw reader.refuse.unsupported(
        "data-type",
        `the input ${quote(name)} is of ${typeName(type)}`,
        offset,
      );
    if (!shape) throw reader.refuse.unsupported("shape", `the input ${quote(name)} has no shape`, offset);
    const dimensions = shape.map((size) => [{ size }]);
    inputs.set(name, dimensions);
    define(name, inputSignal(name, ofType, dimensions), offset);
  }
  return inputs;
}

const INPUT_TYPES: Readonly<Record<string, ElementType | "token" | undefined>> = {
  FLOAT: "float32",
  DOUBLE: "float64",
  INT64: "token",
  INT32: "token",
};

function inputSignal(name: string, type: ElementType | "token", dimensions: readonly Dimension[]): Signal {
  return {
    kind: "signal",
    type,
    source: { from: "input", name, tokens: type === "token", entry: undefined },
    dimensions,
    linear: UNCHANGED,
    features: undefined,
    last: false,
    activation: undefined,
    before: undefined,
  };
}

function readAttributes(
  reader: WireReader,
  node: NodeProto,
  known: readonly string[],
): ReadonlyMap<string, Attribute> {
  const attributes = new Map<string, Attribute>();
  for (const { span, offset } of node.attributes) {
    const attribute = readAttribute(reader, span, offset);
    const label = `the node ${quote(node.name)}, ${node.operator}, has the attribute ${quote(attribute.name)}`;
    if (attributes.has(attribute.name))
      throw reader.refuse.malformed("duplicate-name", `${label} twice`, offset);
    if (!known.includes(attribute.name))
      throw reader.refuse.unsupported("attribute", `${label}, which is not read`, offset);
    attributes.set(attribute.name, attribute);
  }
  return attributes;
}

/** The values that go into a node; those left out at the end or by an empty name are undefined. */
function inputsOf(
  reader: WireReader,
  { inputs, name, operator, offset }: NodeProto,
  values: ReadonlyMap<string, Value>,
): (Value | undefined)[] {
  return inputs.map((input) => {
    if (input === "") return undefined;
    const value = values.get(input);
    if (!value) {
      const problem = `the node ${quote(name)}, ${operator}, takes ${quote(input)}, which nothing before it makes`;
      throw reader.refuse.malformed("undefined-name", problem, offset);
    }
    return value;
  });
}

function readOutputs(
  reader: WireReader,
  parts: readonly Part[],
  values: ReadonlyMap<string, Value>,
): Graph["outputs"] {
  return parts.map((part) => {
    const { name, offset } = readValueInfo(reader, part);
    const value = values.get(name);
    if (!value)
      throw reader.refuse.malformed("undefined-name", `nothing makes the output ${quote(name)}`, offset);
    return { name, value, offset };
  });
}
