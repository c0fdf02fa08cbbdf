import {
  bfloat16ToFloat32,
  float16ToFloat32,
  readModel,
  readSafetensors,
  type Tensor,
  tensorOf,
} from "@unroll/io";
import { readNpy, readNpz } from "@unroll/io/numpy";
import { readOnnx } from "@unroll/io/onnx";
import { UnrollError } from "@unroll/kernels";
import { slice } from "@unroll/linalg";
import type { SequenceModel } from "@unroll/model";
import { DataError } from "../errors.ts";
import { readBytes } from "../training/read-bytes.ts";
import { kindOf, START } from "./kinds.ts";

/** One array of a file. */
interface ArrayDescription {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly elements: number;
  readonly bytes: number;
  /** Of the finite numbers; null if there are none, or the type has no numbers here. */
  readonly least: number | null;
  readonly greatest: number | null;
  readonly notFinite: number;
}

export interface FileDescription {
  readonly file: string;
  readonly about: string;
  readonly bytes: number;
  /** The layers in a line, if it is a model that is known. */
  readonly network?: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: readonly ArrayDescription[];
}

type Contents = Pick<FileDescription, "about" | "network"> & {
  readonly metadata?: ReadonlyMap<string, string>;
  readonly tensors: ReadonlyMap<string, Tensor>;
};

/** @throws DataError if the file cannot be read or is of a kind that is not known */
export async function describeFile(file: string): Promise<FileDescription> {
  const bytes = await readBytes(file);
  try {
    const { about, network, metadata = new Map(), tensors } = await contentsOf(file, bytes);
    return {
      file,
      about,
      bytes: bytes.length,
      network,
      metadata: Object.fromEntries(metadata),
      tensors: [...tensors].map(([name, tensor]) => describeArray(name, tensor)),
    };
  } catch (error) {
    if (UnrollError.is(error) && error.code !== "memory")
      throw new DataError(file, error.message, error.details);
    throw error;
  }
}

async function contentsOf(file: string, bytes: Uint8Array): Promise<Contents> {
  switch (kindOf(bytes.subarray(0, START), bytes.length)) {
    case "npy":
      return { about: "an array of NumPy", tensors: new Map([["array", readNpy(bytes)]]) };
    case "npz":
      return { about: "arrays of NumPy", tensors: await readNpz(bytes) };
    case "onnx":
      return ofOnnx(bytes);
    case "safetensors":
      return ofSafetensors(bytes);
    default:
      throw new DataError(file, "is of no known kind, expected safetensors, .npy, .npz or ONNX");
  }
}

function ofSafetensors(bytes: Uint8Array): Contents {
  const { metadata, tensors } = readSafetensors(bytes);
  if (metadata.get("format") !== "unroll-model") return { about: "safetensors", metadata, tensors };
  const about = metadata.has("training") ? "a run that can go on" : "a model";
  return { about, network: networkOf(readModel(bytes).model), metadata, tensors };
}

function ofOnnx(bytes: Uint8Array): Contents {
  const { model, input, output, producer, metadata } = readOnnx(bytes);
  const { slices } = model.layout;
  return {
    about: `ONNX${producer && ` of ${producer}`}, ${input.name} ${input.axes}${input.tokens ? " tokens" : ""} → ${output.name} ${output.axes}`,
    network: networkOf(model),
    metadata,
    tensors: new Map(
      Object.keys(slices).map((name) => [name, tensorOf(slice(model.parameters, model.layout, name))]),
    ),
  };
}

/** `65 inputs → elman 192 (tanh) → 65 outputs (identity), float32`. */
function networkOf({ inputs, cells, readout, outputs, type }: SequenceModel): string {
  const layers = cells.map(({ kind, outputSize, config }) => {
    const activation = config?.activation;
    return `${kind} ${outputSize}${activation === undefined ? "" : ` (${activation})`}`;
  });
  const parts = [`${inputs} inputs`, ...layers, `${outputs} outputs (${readout.activation.name})`];
  return `${parts.join(" → ")}, ${type}`;
}

function describeArray(name: string, tensor: Tensor): ArrayDescription {
  const { dtype, shape, data } = tensor;
  const values = valuesOf(tensor) ?? [];
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  let notFinite = 0;
  for (let i = 0; i < values.length; i++) {
    const x = Number(values[i]);
    if (!Number.isFinite(x)) notFinite++;
    else {
      if (x < least) least = x;
      if (x > greatest) greatest = x;
    }
  }
  const some = least <= greatest;
  return {
    name,
    dtype,
    shape,
    elements: data.length,
    bytes: data.byteLength,
    least: some ? least : null,
    greatest: some ? greatest : null,
    notFinite,
  };
}

/** The numbers, or undefined for types of eight bits that have none here. */
function valuesOf({ dtype, data }: Tensor): ArrayLike<number | bigint> | undefined {
  if (dtype.startsWith("F8")) return undefined;
  if (dtype === "F16") return float16ToFloat32(data as Uint16Array);
  return dtype === "BF16" ? bfloat16ToFloat32(data as Uint16Array) : data;
}
