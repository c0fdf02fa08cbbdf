import { basename, join } from "node:path";
import { type Activation, activationNamed } from "@unroll/activations";
import { readModel, readSafetensors, writeModel } from "@unroll/io";
import { fromKeras } from "@unroll/io/keras";
import { readNpz } from "@unroll/io/numpy";
import { readOnnx } from "@unroll/io/onnx";
import { fromPyTorch } from "@unroll/io/pytorch";
import { UnrollError } from "@unroll/kernels";
import type { SequenceModel } from "@unroll/model";
import type { ImportOptions } from "../command-line/import.ts";
import { DataError, UsageError } from "../errors.ts";
import { ACTIVATION, READOUT_ACTIVATION } from "../interchange/formats.ts";
import { kindOf, START } from "../interchange/kinds.ts";
import { freeName, prepareToSave, save } from "../save.ts";
import type { Surroundings } from "../terminal/streams.ts";
import { countText } from "../terminal/words.ts";
import { readBytes } from "../training/read-bytes.ts";
import { checkFinite } from "../training/run-file.ts";

/** A network out of a file, and the texts that came along. */
interface Imported {
  readonly model: SequenceModel;
  readonly metadata: ReadonlyMap<string, string>;
}

/** Reads a network that another program wrote and saves it as a model file. */
export async function importCommand(
  file: string,
  options: ImportOptions,
  { stdout, stderr }: Surroundings,
): Promise<void> {
  const bytes = await readBytes(file);
  const like = options.like === undefined ? undefined : await readLike(options.like);
  const { model, metadata } = await inFile(file, () => read(file, bytes, options, like));
  checkFinite(file, model);
  if (like) checkSameSizes(file, model, like.model);
  const texts = new Map(like ? [...like.metadata, ...metadata] : metadata);
  const out =
    options.out ?? (await freeName(join("runs", basename(file).replace(/\.[^.]*$/, "")), ".safetensors"));
  await prepareToSave(out);
  await save(out, writeModel(model, { metadata: texts }));
  const sizes = [model.inputs, ...model.cells.map(({ outputSize }) => outputSize), model.outputs];
  const activations = activationsOf(model);
  if (options.json) {
    stdout.write(`${JSON.stringify({ file, out, sizes, activations, parameters: model.parameters.size })}\n`);
    return;
  }
  stdout.write(`Saved: ${out}\n`);
  if (options.quiet) return;
  stderr.write(
    `${sizes.join(" → ")}, ${activations.join(", ")}, ${countText(model.parameters.size)} parameters\n`,
  );
  if (!texts.has("vocabulary")) stderr.write("There is no vocabulary in it, so it writes no text.\n");
}

async function readLike(path: string): Promise<Imported> {
  const bytes = await readBytes(path);
  const { model, metadata } = await inFile(path, () => readModel(bytes));
  const own: readonly string[] = ["training", "best"];
  return { model, metadata: new Map([...metadata].filter(([key]) => !own.includes(key))) };
}

async function read(
  file: string,
  bytes: Uint8Array,
  options: ImportOptions,
  like: Imported | undefined,
): Promise<Imported> {
  const kind = kindOf(bytes.subarray(0, START), bytes.length);
  if (kind === "onnx") {
    for (const name of ["activation", "readoutActivation"] as const)
      if (options[name] !== undefined)
        throw new UsageError(`an ONNX file says its activations itself, not "${options[name]}"`, { name });
    const { model, metadata, initialStates } = readOnnx(bytes);
    if (initialStates)
      throw new DataError(file, "starts from states of its own, which a model file does not keep");
    return { model, metadata };
  }
  if (kind === "npz") {
    const tensors = await readNpz(bytes);
    const { activation, readout } = activationsFor(options, new Map(), like);
    return { model: fromKeras(tensors, { activation, readoutActivation: readout }), metadata: new Map() };
  }
  if (kind === "safetensors") {
    const { tensors, metadata } = readSafetensors(bytes);
    if (metadata.get("format") === "unroll-model")
      throw new DataError(file, "is a model file already", {}, "Nothing is left to import.");
    const { activation, readout } = activationsFor(options, metadata, like);
    const nonlinearity = activation?.name as "tanh" | "relu" | undefined;
    const own: readonly string[] = ["format", ACTIVATION, READOUT_ACTIVATION];
    return {
      model: fromPyTorch(tensors, { nonlinearity, readoutActivation: readout }),
      metadata: new Map([...metadata].filter(([key]) => !own.includes(key))),
    };
  }
  throw new DataError(
    file,
    "is no model of another program, expected ONNX, safetensors of PyTorch, or .npz of Keras",
    { kind },
  );
}

/** What weights do not say: as the command line has it, else the file, else the model it is like. */
function activationsFor(
  options: ImportOptions,
  metadata: ReadonlyMap<string, string>,
  like: Imported | undefined,
): { activation: Activation | undefined; readout: Activation | undefined } {
  const [ofLayers, ofReadout] = like ? [activationsOf(like.model)[0], activationsOf(like.model).at(-1)] : [];
  const named = (name: string | undefined): Activation | undefined =>
    name === undefined ? undefined : activationNamed(name);
  return {
    activation: named(options.activation ?? metadata.get(ACTIVATION) ?? ofLayers),
    readout: named(options.readoutActivation ?? metadata.get(READOUT_ACTIVATION) ?? ofReadout),
  };
}

/** Names, from below. */
function activationsOf(model: SequenceModel): string[] {
  return [...model.cells.map(({ config }) => String(config?.activation)), model.readout.activation.name];
}

function checkSameSizes(
  file: string,
  { layout: got }: SequenceModel,
  { layout: expected }: SequenceModel,
): void {
  const sizes = ({ slices }: typeof got): string =>
    Object.entries(slices)
      .map(([name, { rows, columns }]) => `${name} ${rows}×${columns}`)
      .join(", ");
  if (sizes(got) !== sizes(expected))
    throw new DataError(file, `has ${sizes(got)}; the model of --like has ${sizes(expected)}`);
}

/** What goes wrong while a file is read says its name. */
async function inFile<T>(path: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (UnrollError.is(error) && error.code !== "memory" && error.code !== "option")
      throw new DataError(path, error.message, error.details);
    throw error;
  }
}
