import type { Field, Kind, Schema } from "./wire-reader.ts";

/**
 * The messages of ONNX (onnx.proto of version 1.18, IR version 11), as far as they are walked through: field numbers
 * and names. Fields that the reader leaves alone stand here too, so that a field that it has never heard of is seen.
 */
function message(name: string, fields: Readonly<Record<number, string>>): Schema {
  const parsed: Record<number, Field> = {};
  for (const [number, text] of Object.entries(fields)) {
    const [kind, field, repeated] = text.split(" ");
    parsed[Number(number)] = { kind: kind as Kind, name: field, repeated: repeated === "repeated" };
  }
  return { name, fields: parsed };
}

export const MODEL: Schema = /* @__PURE__ */ message("the model", {
  1: "int ir_version",
  2: "string producer_name",
  3: "string producer_version",
  4: "string domain",
  5: "int model_version",
  6: "string doc_string",
  7: "message graph",
  8: "message opset_import repeated",
  14: "message metadata_props repeated",
  20: "message training_info repeated",
  25: "message functions repeated",
  26: "message configuration repeated",
});

export const OPSET: Schema = /* @__PURE__ */ message("an opset_import", {
  1: "string domain",
  2: "int version",
});

export const TEXT_PAIR: Schema = /* @__PURE__ */ message("a metadata_props", {
  1: "string key",
  2: "string value",
});

export const GRAPH: Schema = /* @__PURE__ */ message("the graph", {
  1: "message node repeated",
  2: "string name",
  5: "message initializer repeated",
  10: "string doc_string",
  11: "message input repeated",
  12: "message output repeated",
  13: "message value_info repeated",
  14: "message quantization_annotation repeated",
  15: "message sparse_initializer repeated",
  16: "message metadata_props repeated",
});

export const NODE: Schema = /* @__PURE__ */ message("a node", {
  1: "string input repeated",
  2: "string output repeated",
  3: "string name",
  4: "string op_type",
  5: "message attribute repeated",
  6: "string doc_string",
  7: "string domain",
  8: "string overload",
  9: "message metadata_props repeated",
  10: "message device_configurations repeated",
});

export const ATTRIBUTE: Schema = /* @__PURE__ */ message("an attribute", {
  1: "string name",
  2: "float f",
  3: "int i",
  4: "bytes s",
  5: "message t",
  6: "message g",
  7: "float floats repeated",
  8: "int ints repeated",
  9: "bytes strings repeated",
  10: "message tensors repeated",
  11: "message graphs repeated",
  13: "string doc_string",
  14: "message tp",
  15: "message type_protos repeated",
  20: "int type",
  21: "string ref_attr_name",
  22: "message sparse_tensor",
  23: "message sparse_tensors repeated",
});

export const TENSOR: Schema = /* @__PURE__ */ message("a tensor", {
  1: "int dims repeated",
  2: "int data_type",
  3: "message segment",
  4: "float float_data repeated",
  5: "int int32_data repeated",
  6: "bytes string_data repeated",
  7: "int int64_data repeated",
  8: "string name",
  9: "bytes raw_data",
  10: "double double_data repeated",
  11: "int uint64_data repeated",
  12: "string doc_string",
  13: "message external_data repeated",
  14: "int data_location",
  16: "message metadata_props repeated",
});

export const VALUE_INFO: Schema = /* @__PURE__ */ message("a value's description", {
  1: "string name",
  2: "message type",
  3: "string doc_string",
  4: "message metadata_props repeated",
});

export const TYPE: Schema = /* @__PURE__ */ message("a type", {
  1: "message tensor_type",
  4: "message sequence_type",
  5: "message map_type",
  6: "string denotation",
  7: "message opaque_type",
  8: "message sparse_tensor_type",
  9: "message optional_type",
});

export const TENSOR_TYPE: Schema = /* @__PURE__ */ message("a tensor_type", {
  1: "int elem_type",
  2: "message shape",
});

export const SHAPE: Schema = /* @__PURE__ */ message("a shape", { 1: "message dim repeated" });

export const DIMENSION: Schema = /* @__PURE__ */ message("a dimension", {
  1: "int dim_value",
  2: "string dim_param",
  3: "string denotation",
});
