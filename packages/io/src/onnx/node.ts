import { quote } from "../errors.ts";
import { ATTRIBUTE, NODE } from "./schema.ts";
import type { Span, WireReader } from "./wire-reader.ts";

/** More than any of the operators takes. */
const MOST_NAMES = 64;
const MOST_ATTRIBUTES = 32;
const MOST_NUMBERS = 64;

/** A node before its attributes are read. */
export interface NodeProto {
  readonly offset: number;
  readonly name: string;
  readonly operator: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: readonly { readonly span: Span; readonly offset: number }[];
}

export interface Attribute {
  readonly name: string;
  readonly offset: number;
  /** One of them, whichever the attribute holds. */
  readonly f: number | undefined;
  readonly i: number | undefined;
  readonly s: string | undefined;
  readonly t: Span | undefined;
  readonly floats: readonly number[] | undefined;
  readonly ints: readonly number[] | undefined;
  readonly strings: readonly string[] | undefined;
}

export function readNode(reader: WireReader, span: Span, offset: number): NodeProto {
  const { refuse } = reader;
  const texts = { name: "", op_type: "", domain: "", overload: "" };
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes: { span: Span; offset: number }[] = [];
  reader.message(span, NODE, (field, at) => {
    if (field === "input") inputs.push(reader.string());
    else if (field === "output") outputs.push(reader.string());
    else if (field === "attribute") attributes.push({ span: reader.span(), offset: at });
    else if (Object.hasOwn(texts, field)) texts[field as keyof typeof texts] = reader.string();
    if (inputs.length > MOST_NAMES || outputs.length > MOST_NAMES)
      throw refuse.unsupported("limit", `a node has more than ${MOST_NAMES} inputs or outputs`, at);
    if (attributes.length > MOST_ATTRIBUTES)
      throw refuse.unsupported("limit", `a node has more than ${MOST_ATTRIBUTES} attributes`, at);
  });
  const { name, op_type: operator, domain, overload } = texts;
  if (operator === "") throw refuse.malformed("missing-field", "a node has no op_type", offset);
  if (overload !== "")
    throw refuse.unsupported("function", `the node ${quote(name)} asks for an overload`, offset);
  return { offset, name, operator, domain, inputs, outputs, attributes };
}

/** Numbers of `AttributeProto.type` by the field that must go with them. */
const FIELD_TYPES: Readonly<Record<string, number>> = {
  f: 1,
  i: 2,
  s: 3,
  t: 4,
  g: 5,
  floats: 6,
  ints: 7,
  strings: 8,
  tensors: 9,
  graphs: 10,
  sparse_tensor: 11,
  sparse_tensors: 12,
  tp: 13,
  type_protos: 14,
};

export function readAttribute(reader: WireReader, span: Span, offset: number): Attribute {
  const { refuse } = reader;
  let name = "";
  let type = 0;
  const fields = new Set<string>();
  const single: { f?: number; i?: number; s?: string; t?: Span } = {};
  const lists: { floats?: number[]; ints?: number[]; strings?: string[] } = {};
  reader.message(span, ATTRIBUTE, (field, at) => {
    if (Object.hasOwn(FIELD_TYPES, field)) fields.add(field);
    if (field === "name") name = reader.string();
    else if (field === "type") type = reader.integer();
    else if (field === "ref_attr_name")
      throw refuse.unsupported("function", `the attribute ${quote(name)} refers to a function's`, at);
    else if (field === "f") single.f = reader.float();
    else if (field === "i") single.i = reader.integer();
    else if (field === "s") single.s = reader.string();
    else if (field === "t") single.t = reader.span();
    else if (field === "floats") reader.floats((lists.floats ??= []), MOST_NUMBERS);
    else if (field === "ints") reader.integers((lists.ints ??= []), MOST_NUMBERS);
    else if (field === "strings") {
      lists.strings ??= [];
      lists.strings.push(reader.string());
      if (lists.strings.length > MOST_NUMBERS)
        throw refuse.unsupported(
          "limit",
          `the attribute ${quote(name)} has more than ${MOST_NUMBERS} texts`,
          at,
        );
    } else if (Object.hasOwn(FIELD_TYPES, field))
      throw refuse.unsupported("attribute", `the attribute ${quote(name)} holds a ${field}`, at);
  });
  if (name === "") throw refuse.malformed("missing-field", "an attribute has no name", offset);
  const [field] = fields;
  // An empty list has no field at all; a number 0 may be left out, too.
  const whole = fields.size === 1 ? FIELD_TYPES[field] === type : fields.size === 0 && type > 0 && type <= 14;
  if (!whole) {
    const holds = `holds ${[...fields].join(" and ") || "nothing"}, but its type is ${type}`;
    throw refuse.malformed("attribute", `the attribute ${quote(name)} ${holds}`, offset);
  }
  return {
    name,
    offset,
    f: single.f ?? (type === 1 ? 0 : undefined),
    i: single.i ?? (type === 2 ? 0 : undefined),
    s: single.s ?? (type === 3 ? "" : undefined),
    t: single.t,
    floats: lists.floats ?? (type === 6 ? [] : undefined),
    ints: lists.ints ?? (type === 7 ? [] : undefined),
    strings: lists.strings ?? (type === 8 ? [] : undefined),
  };
}
