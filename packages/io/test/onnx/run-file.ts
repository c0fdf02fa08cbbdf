import type { OnnxFile } from "@unroll/io/onnx";
import { type FloatArray, Tokens, View } from "@unroll/kernels";
import { type SequenceModel, States } from "@unroll/model";

/** Sizes by the letters of axes; a dimension that has two letters has both sizes. */
type Sizes = Readonly<Record<string, number>>;

/** For each element of an array of these axes, in its order: its place in one that has the axes of `to`. */
function places(axes: string, to: string, sizes: Sizes): number[] {
  const letters = [...axes].filter((axis) => axis in sizes);
  const strides: Record<string, number> = {};
  let stride = 1;
  for (const axis of [...to].reverse()) {
    strides[axis] = stride;
    stride *= sizes[axis]!;
  }
  return letters.reduce<number[]>(
    (starts, axis) =>
      starts.flatMap((start) => Array.from({ length: sizes[axis]! }, (_, i) => start + i * strides[axis]!)),
    [0],
  );
}

/** Runs a model from a file on inputs in the order of the file, and gives its outputs in the order of the file. */
export function runFile(
  { model, input, output, initialStates }: OnnxFile,
  values: readonly number[],
  { steps, batch }: { readonly steps: number; readonly batch: number },
  initial: readonly View[] | undefined = initialStates,
): number[] {
  const sizes = { T: steps, B: batch, I: model.inputs, O: model.outputs };
  const ours = input.tokens ? "TB" : "TBI";
  const wanted: number[] = [];
  for (const [i, place] of places(input.axes, ours, sizes).entries()) wanted[place] = values[i]!;
  const floats = model.type === "float32" ? Float32Array.from(wanted) : Float64Array.from(wanted);
  const rows = input.tokens
    ? new Tokens(Int32Array.from(wanted), 0, steps * batch)
    : new View(floats, 0, steps * batch, model.inputs);
  const states = new States(model);
  if (initial) states.restore(initial.map((view) => repeated(view, batch)));
  const { data } = model.run(rows, { steps, batch, states, carry: initial !== undefined });
  const last = output.axes.includes("T") ? 0 : (steps - 1) * batch * model.outputs;
  return places(output.axes, "TBO", sizes).map((place) => data[last + place]!);
}

/** One row for all sequences, if there is but one. */
function repeated(view: View, batch: number): View {
  if (view.rows === batch) return view;
  const data = Array.from({ length: batch }, () => Array.from(view.data)).flat();
  return new View(data as unknown as FloatArray, 0, batch, view.columns);
}

/** A row of states as matrices for the layers of a model. */
export function statesOf(model: SequenceModel, values: FloatArray, batch: number): View[] {
  let offset = 0;
  return model.cells.map(({ outputSize }) => {
    const view = new View(values, offset, batch, outputSize);
    offset += view.size;
    return view;
  });
}
