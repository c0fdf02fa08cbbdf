import { elmanStep } from "./onnx-model.mjs";
import { serve, versionOf } from "./serve.mjs";

// ONNX Runtime on one thread; the first argument names the package: onnxruntime-node or onnxruntime-web. It runs networks and
// trains none.
const [name] = process.argv.slice(2);
const module = await import(name);
const ort = module.default ?? module;
if (name === "onnxruntime-web") ort.env.wasm.numThreads = 1;

await serve(versionOf(name), {
  async training() {
    return { cannot: "trains no networks" };
  },

  async streaming({ I, H, O, T, weights, inputs }) {
    const options = { intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: "sequential" };
    const session = await ort.InferenceSession.create(elmanStep({ I, H, O, weights }), options);
    let h = new ort.Tensor("float32", new Float32Array(H), [1, H]);
    const step = async (input) => {
      const results = await session.run({ x: new ort.Tensor("float32", input, [1, I]), h });
      h = results.next;
      return results.y.data;
    };
    const outputs = [];
    for (let t = 0; t < T; t++) outputs.push(...(await step(inputs.slice(t * I, (t + 1) * I))));
    const input = inputs.slice(0, I);
    return { result: { outputs }, run: () => step(input) };
  },
});
