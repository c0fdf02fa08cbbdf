import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { relu, tanh } from "@unroll/activations";
import { writeSafetensors } from "@unroll/io";
import { readNpz, writeNpy, writeNpz } from "@unroll/io/numpy";
import { fromPyTorch, toPyTorch } from "@unroll/io/pytorch";
import { type FloatArray, View } from "@unroll/kernels";
import { RandomState } from "@unroll/linalg";
import { type SequenceModel, sequenceModel } from "@unroll/model";
import { elman } from "@unroll/rnn-cell";
import { expect, test } from "vitest";

/**
 * Needs Python with torch and numpy (Debian's python3-torch will do); PYTHON says which one:
 *
 *     PYTHON=python3 npx pnpm --filter @unroll/io interop pytorch
 */
const PYTHON = process.env.PYTHON ?? "python3";
const CASES = Number(process.env.INTEROP_CASES ?? 300);

/** A random model, and how the Python program is to build the modules that it goes into. */
function randomCase(seed: number) {
  const random = new RandomState(seed);
  const kind = ["RNN", "RNNs", "RNNCell"][random.randint(0, 3)]!;
  const layers = random.randint(1, 4);
  const size = random.randint(1, 40);
  const sizes = Array.from({ length: layers }, () => (kind === "RNN" ? size : random.randint(1, 40)));
  const names = kind === "RNN" ? ["net.rnn"] : sizes.map((_, l) => `net.${l}`);
  const shape = {
    kind,
    names,
    sizes,
    inputs: random.randint(1, 20),
    outputs: random.randint(1, 9),
    readout: "head",
    nonlinearity: ["tanh", "relu"][random.randint(0, 2)] as "tanh" | "relu",
    bias: random.randint(0, 4) > 0,
    readoutBias: random.randint(0, 4) > 0,
    steps: random.randint(1, 11),
    batch: random.randint(64, 97), // enough that the errors of a network are no luck
  };
  const type = random.randint(0, 2) ? "float32" : "float64";
  const activation = shape.nonlinearity === "tanh" ? tanh : relu;
  const model = sequenceModel({
    inputs: shape.inputs,
    cells: sizes.map((hiddenSize) => elman({ hiddenSize, activation, bias: shape.bias })),
    outputs: shape.outputs,
    readout: { bias: shape.readoutBias },
    type,
    seed,
  });
  const { data, offset, size: count } = model.parameters;
  for (let i = 0; i < count; i++) if (data[offset + i] === 0) data[offset + i] = random.random() - 0.5;
  model.parametersChanged();
  const inputs = Float32Array.from(random.rand(shape.steps * shape.batch * shape.inputs), (u) => 4 * u - 2);
  return { shape, model, inputs };
}

function parametersOf({ parameters: { data, offset, size } }: SequenceModel): FloatArray {
  return data.slice(offset, offset + size);
}

test(`${CASES} random models: load_state_dict takes them, and PyTorch gives what we give`, async () => {
  const folder = mkdtempSync(join(tmpdir(), "unroll-pytorch-"));
  try {
    const cases = Array.from({ length: CASES }, (_, seed) => randomCase(seed));
    for (const [i, { shape, model, inputs }] of cases.entries()) {
      const state = toPyTorch(model, {
        rnn: shape.kind === "RNN" ? shape.names[0]! : shape.names,
        cells: shape.kind === "RNNCell",
        readout: shape.readout,
      });
      writeFileSync(join(folder, `${i}.safetensors`), writeSafetensors(state, { format: "pt" }));
      writeFileSync(join(folder, `${i}.npz`), writeNpz(state));
      const x = { dtype: "F32", shape: [shape.steps, shape.batch, shape.inputs], data: inputs } as const;
      writeFileSync(join(folder, `${i}.x.npy`), writeNpy(x));
    }
    writeFileSync(join(folder, "cases.json"), JSON.stringify(cases.map(({ shape }) => shape)));
    const program = new URL("pytorch.py", import.meta.url).pathname;
    const versions = execFileSync(PYTHON, [program, folder], { encoding: "utf8" });

    let [worst, ours, theirs] = [0, 0, 0];
    const ratios: number[] = [];
    for (const [i, { shape, model, inputs }] of cases.entries()) {
      const read = (name: string) => readNpz(new Uint8Array(readFileSync(join(folder, name))));
      const [y, y64] = [...(await read(`${i}.y.npz`)).values()].map(({ data }) => data as Float64Array) as [
        Float64Array,
        Float64Array,
      ];
      const numbers = model.type === "float32" ? inputs : Float64Array.from(inputs);
      const rows = new View(numbers, 0, shape.steps * shape.batch, shape.inputs);
      const mine = model.run(rows, { steps: shape.steps, batch: shape.batch }).data;
      expect(mine).toHaveLength(y.length);
      let [mySquares, theirSquares] = [0, 0];
      for (const [k, exact] of y64.entries()) {
        const off = Math.abs(mine[k]! - exact);
        if (model.type === "float64") worst = Math.max(worst, off / Math.max(1, Math.abs(exact)));
        else {
          mySquares += off * off;
          theirSquares += (y[k]! - exact) ** 2;
        }
      }
      ours += mySquares;
      theirs += theirSquares;
      if (model.type === "float32") ratios.push(Math.sqrt(mySquares / theirSquares));
      const order = shape.kind === "RNN" ? undefined : shape.names;
      const again = fromPyTorch(await read(`${i}.back.npz`), {
        nonlinearity: shape.nonlinearity,
        rnn: order,
      });
      expect(Buffer.from(parametersOf(again).buffer).equals(Buffer.from(parametersOf(model).buffer))).toBe(
        true,
      );
    }
    expect(worst).toBeLessThan(2e-7);
    expect(Math.sqrt(ours)).toBeLessThanOrEqual(2 * Math.sqrt(theirs));
    // A sum from left to right with every product rounded, which is what makes the bits the same everywhere, is not as
    // near as PyTorch's sums of vectors: of one network in a hundred the error may be more than twice PyTorch's.
    const beyond = ratios.filter((ratio) => !(ratio <= 2));
    expect(beyond.length).toBeLessThanOrEqual(ratios.length / 100);
    for (const ratio of beyond) expect(ratio).toBeLessThanOrEqual(3);
    process.stdout.write(
      `${versions.trim()}, ${CASES} models: float64 off by ${worst.toExponential(1)}; float32 off from float64 by ` +
        `${Math.sqrt(ours / theirs).toFixed(2)} times as much as PyTorch's, of single networks ` +
        `${Math.max(...ratios).toFixed(2)} times at most, ${beyond.length} of ${ratios.length} above twice; ` +
        "through PyTorch and back, no bit lost\n",
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
