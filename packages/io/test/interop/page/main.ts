import { readSafetensors } from "@unroll/io";
import { fromPyTorch } from "@unroll/io/pytorch";

/** As far as it is used here. */
interface OnnxRuntime {
  readonly env: { readonly wasm: { numThreads: number; wasmPaths: string } };
  readonly InferenceSession: { create(bytes: Uint8Array): Promise<Session> };
  readonly Tensor: new (type: string, data: Float32Array, dims: readonly number[]) => Tensor;
}
interface Tensor {
  readonly data: Float32Array;
}
interface Session {
  run(feeds: Record<string, Tensor>): Promise<Record<string, Tensor>>;
}

/** Takes one step and gives its outputs. */
type Step = (input: Float32Array) => Promise<Float32Array> | Float32Array;

export interface Measured {
  /** The outputs of the first steps. */
  readonly outputs: Readonly<Record<string, readonly number[]>>;
  /** Of a step, in the fastest round: other work on the machine can only slow down. */
  readonly microseconds: Readonly<Record<string, number>>;
}

async function ours(kernels: "reproducible" | "fast"): Promise<Step> {
  const { tensors } = readSafetensors(await bytesOf("model.safetensors"));
  const stream = fromPyTorch(tensors, { kernels }).stream();
  const output = new Float32Array(8);
  return (input) => {
    stream.step(input, output);
    return output;
  };
}

async function onnxRuntime(units: number): Promise<Step> {
  const folder = new URL("ort/", location.href).href;
  const ort: OnnxRuntime = await import(/* @vite-ignore */ `${folder}ort.wasm.min.mjs`);
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmPaths = folder;
  const session = await ort.InferenceSession.create(await bytesOf("model.onnx"));
  let state = new ort.Tensor("float32", new Float32Array(units), [1, 1, units]);
  return async (input) => {
    const inputs = new ort.Tensor("float32", input, [1, 1, input.length]);
    const results = await session.run({ inputs, initial_state_0: state });
    state = results.final_state_0 as Tensor;
    return (results.outputs as Tensor).data;
  };
}

async function bytesOf(name: string): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(name)).arrayBuffer());
}

/** Runs the same steps by both, first for their outputs, then in turns for the time that a step takes. */
export async function measure(units: number, rounds: number, turn: number): Promise<Measured> {
  const steps: Record<string, Step> = {
    Unroll: await ours("reproducible"),
    "Unroll, fast": await ours("fast"),
    "ONNX Runtime Web": await onnxRuntime(units),
  };
  const names = Object.keys(steps);
  const input = (t: number): Float32Array => Float32Array.from({ length: 8 }, (_, i) => Math.sin(3 * t + i));
  const outputs: Record<string, number[]> = {};
  for (const name of names) {
    outputs[name] = [];
    for (let t = 0; t < 20; t++) outputs[name].push(...(await steps[name](input(t))));
  }
  const same = input(0);
  const time = async (step: Step, count: number): Promise<number> => {
    const began = performance.now();
    for (let i = 0; i < count; i++) {
      const pending = step(same);
      if (pending instanceof Promise) await pending;
    }
    return performance.now() - began;
  };
  const counts: Record<string, number> = {};
  for (const name of names) {
    counts[name] = 16;
    while ((await time(steps[name], counts[name])) < turn) counts[name] *= 2;
  }
  const all: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (let i = 0; i < names.length; i++) {
      const name = names[(i + round) % names.length];
      all[name].push((1000 * (await time(steps[name], counts[name]))) / counts[name]);
    }
  const fastest = names.map((name) => [name, Math.min(...all[name])]);
  return { outputs, microseconds: Object.fromEntries(fastest) };
}
