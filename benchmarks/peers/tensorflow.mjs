import { createRequire } from "node:module";
import { dirname } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { serve, versionOf } from "./serve.mjs";

// TensorFlow.js with the backend that the first argument names: wasm or cpu. Its own functions for the matrices, the loop
// over time ours; the projection of the inputs, the readout and the loss run for all steps at once.
const [backend] = process.argv.slice(2);
if (backend === "wasm") {
  const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
  setWasmPaths(`${dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"))}/`);
}
await tf.setBackend(backend);
await tf.ready();

await serve(versionOf("@tensorflow/tfjs"), {
  async training({ I, H, O, B, T, activation, loss, weights, inputs, targets }) {
    const X = tf.tensor2d(inputs, [T * B, I]);
    const Y =
      loss === "cross-entropy"
        ? tf.oneHot(tf.tensor1d(targets, "int32"), O).cast("float32")
        : tf.tensor2d(targets, [T * B, O]);
    const shapes = { W_xh: [H, I], W_hh: [H, H], b_h: [H], W_hy: [O, H], b_y: [O] };
    const parameters = Object.entries(shapes).map(([name, shape]) => tf.tensor(weights[name], shape));
    const f = activation === "tanh" ? tf.tanh : tf.relu;
    const lossOf = (W_xh, W_hh, b_h, W_hy, b_y) => {
      const gates = tf.split(tf.add(tf.matMul(X, W_xh, false, true), b_h), T);
      const states = [];
      let h = tf.zeros([B, H]);
      for (let t = 0; t < T; t++) {
        h = f(tf.add(gates[t], tf.matMul(h, W_hh, false, true)));
        states.push(h);
      }
      const outputs = tf.add(tf.matMul(tf.concat(states), W_hy, false, true), b_y);
      if (loss === "cross-entropy") return tf.mean(tf.neg(tf.sum(tf.mul(Y, tf.logSoftmax(outputs)), 1)));
      return tf.mean(tf.squaredDifference(outputs, Y));
    };
    const step = tf.valueAndGrads(lossOf);
    const result = tf.tidy(() => {
      const { value, grads } = step(parameters);
      const squares = grads.map((g) => tf.sum(tf.square(g)).dataSync()[0]);
      return { loss: value.dataSync()[0], gradientNorm: Math.sqrt(squares.reduce((a, b) => a + b)) };
    });
    const run = () =>
      tf.tidy(() => {
        const { grads } = step(parameters);
        for (const g of grads) g.dataSync();
      });
    return { result, run };
  },

  async streaming({ I, H, O, T, weights, inputs }) {
    const W_xh = tf.tensor2d(weights.W_xh, [H, I]);
    const W_hh = tf.tensor2d(weights.W_hh, [H, H]);
    const W_hy = tf.tensor2d(weights.W_hy, [O, H]);
    const [b_h, b_y] = [tf.tensor1d(weights.b_h), tf.tensor1d(weights.b_y)];
    let h = tf.zeros([1, H]);
    const step = (input) => {
      const [next, output] = tf.tidy(() => {
        const z = tf.add(tf.matMul(tf.tensor2d(input, [1, I]), W_xh, false, true), b_h);
        const next = tf.tanh(tf.add(z, tf.matMul(h, W_hh, false, true)));
        return [next, tf.add(tf.matMul(next, W_hy, false, true), b_y)];
      });
      h.dispose();
      h = next;
      const numbers = output.dataSync();
      output.dispose();
      return numbers;
    };
    const outputs = [];
    for (let t = 0; t < T; t++) outputs.push(...step(inputs.slice(t * I, (t + 1) * I)));
    const input = inputs.slice(0, I);
    return {
      result: { outputs },
      run: () => {
        step(input);
      },
    };
  },
});
