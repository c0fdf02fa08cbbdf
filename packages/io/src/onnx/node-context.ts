import type { FormatError } from "@unroll/kernels";
import { quote, type Refusals, type UnsupportedError } from "../errors.ts";
import type { Network } from "./network.ts";
import type { Attribute, NodeProto } from "./node.ts";
import { readTensor } from "./tensor.ts";
import type { Numbers, Signal, Sizes, Value } from "./values.ts";
import type { WireReader } from "./wire-reader.ts";

/** What an operator does with the values that go in: the values that come out, by place. */
export interface Operator {
  /** The attributes that mean something here; others are refused. */
  readonly attributes: readonly string[];
  /** How many inputs it takes at the least and at the most. */
  readonly inputs: readonly [least: number, most: number];
  run(node: NodeContext): Value | readonly (Value | undefined)[];
}

/** A node with its values and attributes, for an operator to ask. */
export class NodeContext {
  readonly network: Network;
  readonly opset: number;
  readonly offset: number;
  readonly outputs: number;
  readonly #label: string;
  readonly #inputs: readonly (Value | undefined)[];
  readonly #attributes: ReadonlyMap<string, Attribute>;
  readonly #reader: WireReader;
  readonly #refuse: Refusals;

  constructor(
    { operator, name, offset, outputs }: NodeProto,
    opset: number,
    inputs: readonly (Value | undefined)[],
    attributes: ReadonlyMap<string, Attribute>,
    network: Network,
    reader: WireReader,
  ) {
    this.network = network;
    this.opset = opset;
    this.offset = offset;
    this.outputs = outputs.length;
    this.#label = name === "" ? operator : `${operator} ${quote(name)}`;
    this.#inputs = inputs;
    this.#attributes = attributes;
    this.#reader = reader;
    this.#refuse = reader.refuse;
  }

  optional(place: number): Value | undefined {
    return this.#inputs[place];
  }

  input(place: number): Value {
    const value = this.#inputs[place];
    if (value === undefined) throw this.malformed("missing-field", `has no input ${place}`);
    return value;
  }

  /** All inputs, none of which may be left out. */
  all(): Value[] {
    return this.#inputs.map((_, place) => this.input(place));
  }

  /** The input as a signal: what depends on the network's inputs. */
  signal(place: number): Signal {
    const value = this.input(place);
    if (value.kind !== "signal") throw this.unexpected(place, "what the network computes", value);
    return value;
  }

  numbers(place: number): Numbers {
    const value = this.input(place);
    if (value.kind !== "numbers") throw this.unexpected(place, "numbers of the file", value);
    return value;
  }

  sizes(place: number): Sizes {
    const value = this.input(place);
    if (value.kind !== "sizes") throw this.unexpected(place, "integers about shapes", value);
    return value;
  }

  /** Integers that older operators have as an attribute and newer ones as an input. */
  intsOrInput(attribute: string, place: number): readonly number[] | undefined {
    return this.ints(attribute) ?? (this.optional(place) && this.known(place));
  }

  /** The integers of an input that are known now. */
  known(place: number): readonly number[] {
    return this.sizes(place).sizes.map(({ factor, axes }) => {
      if (axes.length > 0)
        throw this.unsupported("structure", `has an input ${place} that depends on the sizes of inputs`);
      return factor;
    });
  }

  int(name: string, otherwise: number): number {
    return this.#get(name, "i") ?? otherwise;
  }

  /** An integer that means yes or no. */
  flag(name: string, otherwise: boolean): boolean {
    const value = this.int(name, Number(otherwise));
    if (value !== 0 && value !== 1)
      throw this.malformed("attribute", `has ${quote(name)} of ${value}, expected 0 or 1`);
    return value === 1;
  }

  float(name: string, otherwise: number): number {
    return this.#get(name, "f") ?? otherwise;
  }

  text(name: string, otherwise: string): string {
    return this.#get(name, "s") ?? otherwise;
  }

  ints(name: string): readonly number[] | undefined {
    return this.#get(name, "ints");
  }

  floats(name: string): readonly number[] | undefined {
    return this.#get(name, "floats");
  }

  texts(name: string): readonly string[] | undefined {
    return this.#get(name, "strings");
  }

  tensor(name: string): Numbers | Sizes | undefined {
    const span = this.#get(name, "t");
    return span && readTensor(this.#reader, span, this.offset).value;
  }

  has(attribute: string): boolean {
    return this.#attributes.has(attribute);
  }

  /** A place among so many, counted from the end if negative. */
  place(value: number, count: number, what: string): number {
    const at = value < 0 ? value + count : value;
    if (!(Number.isInteger(at) && at >= 0 && at < count))
      throw this.malformed("shape", `has ${what} ${value} of ${count}`);
    return at;
  }

  unexpected(place: number, expected: string, { kind }: Value): UnsupportedError {
    return this.unsupported("structure", `has as input ${place} ${KINDS[kind]}, expected ${expected}`);
  }

  malformed(rule: string, problem: string): FormatError {
    return this.#refuse.malformed(rule, `the node ${this.#label} ${problem}`, this.offset);
  }

  unsupported(rule: string, problem: string): UnsupportedError {
    return this.#refuse.unsupported(rule, `the node ${this.#label} ${problem}`, this.offset);
  }

  #get<K extends keyof Attribute>(name: string, field: K): Attribute[K] | undefined {
    const attribute = this.#attributes.get(name);
    if (attribute && attribute[field] === undefined)
      throw this.malformed("attribute", `has an attribute ${quote(name)} of another type`);
    return attribute?.[field];
  }
}

const KINDS = {
  numbers: "numbers of the file",
  filled: "one number everywhere",
  sizes: "integers about shapes",
  signal: "what the network computes",
  states: "the final states of several layers",
} as const;
