import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { availableKernels } from "@unroll/kernels";
import { Peer } from "./peer.ts";

export const REPRODUCIBLE = "Unroll";
const FAST = "Unroll, fast";

/** All programs that are compared, ours first; those that cannot be started are told and left out. */
export async function startPeers(tell: (line: string) => void): Promise<Peer[]> {
  const cores = availableParallelism();
  const script = (name: string): string => fileURLToPath(new URL(`../peers/${name}`, import.meta.url));
  const node = (name: string, file: string, ...words: string[]): Peer =>
    new Peer(name, process.execPath, [file, ...words]);
  const python = (name: string, threads: number): Peer =>
    new Peer(name, process.env.PYTHON ?? "python3", [script("pytorch.py"), String(threads)], {
      OPENBLAS_NUM_THREADS: String(threads),
      OMP_NUM_THREADS: String(threads),
    });
  const ours = fileURLToPath(new URL("ours.js", import.meta.url));
  const fast = availableKernels().includes("relaxed-simd");
  if (!fast) tell(`${FAST}: Node ${process.version} has no relaxed SIMD`);
  const all = [
    node(REPRODUCIBLE, ours, "reproducible"),
    ...(fast ? [node(FAST, ours, "fast")] : []),
    python("PyTorch", 1),
    ...(cores > 1 ? [python(`PyTorch, ${cores} threads`, cores)] : []),
    node("ONNX Runtime Node", script("onnx.mjs"), "onnxruntime-node"),
    node("ONNX Runtime Web", script("onnx.mjs"), "onnxruntime-web"),
    node("jax-js", script("jax.mjs")),
    node("TensorFlow.js wasm", script("tensorflow.mjs"), "wasm"),
    node("TensorFlow.js cpu", script("tensorflow.mjs"), "cpu"),
    node("brain.js", script("brain.mjs")),
  ];
  const started: Peer[] = [];
  for (const peer of all) {
    try {
      await peer.start();
      started.push(peer);
    } catch (error) {
      tell(`left out: ${(error as Error).message}`);
      peer.end();
    }
  }
  return started;
}
