import { defaultDevice, init, jit, nn, numpy as np, valueAndGrad } from "@jax-js/jax";
import { serve, versionOf } from "./serve.mjs";

// jax-js on its WebAssembly backend, the whole step compiled by `jit`. Arrays are counted: `.ref` keeps one for another use.
await init("wasm");
defaultDevice("wasm");
const NAMES = ["W_xh", "W_hh", "b_h", "W_hy", "b_y"];

const array = (values, shape) => np.array(values).reshape(shape);

await serve(versionOf("@jax-js/jax"), {
  async training({ I, H, O, B, T, activation, loss, weights, inputs, targets }) {
    if (activation !== "tanh") return { cannot: "is measured with tanh only" };
    const oneHot = new Float32Array(T * B * O);
    if (loss === "cross-entropy") for (let r = 0; r < T * B; r++) oneHot[r * O + targets[r]] = 1;
    const X = array(inputs, [T * B, I]);
    const Y = array(loss === "cross-entropy" ? oneHot : targets, [T * B, O]);
    const shapes = { W_xh: [H, I], W_hh: [H, H], b_h: [H], W_hy: [O, H], b_y: [O] };
    const parameters = NAMES.map((name) => array(weights[name], shapes[name]));
    const lossOf = (W_xh, W_hh, b_h, W_hy, b_y, X, Y) => {
      const gates = np.dot(X, W_xh.transpose()).add(b_h).reshape([T, B, H]);
      const back = W_hh.transpose();
      const states = [];
      let h = np.zeros([B, H]);
      for (let t = 0; t < T; t++) {
        h = np.tanh(gates.ref.slice(t).add(np.dot(h, back.ref)));
        states.push(h.ref);
      }
      for (const one of [h, gates, back]) one.dispose();
      const outputs = np.dot(np.concatenate(states, 0), W_hy.transpose()).add(b_y);
      if (loss === "cross-entropy") return np.sum(nn.logSoftmax(outputs).mul(Y)).mul(-1 / (T * B));
      return np.mean(np.square(outputs.sub(Y)));
    };
    const step = jit(valueAndGrad(lossOf, { argnums: [0, 1, 2, 3, 4] }));
    const call = () => step(...parameters.map((p) => p.ref), X.ref, Y.ref);
    const [value, gradients] = call();
    let squares = 0;
    for (const g of gradients) for (const x of await g.data()) squares += x * x;
    const [first] = await value.data();
    return {
      result: { loss: first, gradientNorm: Math.sqrt(squares) },
      run: async () => {
        const [value, gradients] = call();
        value.dispose();
        for (const g of gradients) await g.data();
      },
    };
  },

  async streaming({ I, H, O, T, weights, inputs }) {
    const shapes = { W_xh: [H, I], W_hh: [H, H], b_h: [H], W_hy: [O, H], b_y: [O] };
    const parameters = NAMES.map((name) => array(weights[name], shapes[name]));
    const step = jit((W_xh, W_hh, b_h, W_hy, b_y, h, x) => {
      const next = np.tanh(np.dot(x, W_xh.transpose()).add(np.dot(h, W_hh.transpose())).add(b_h));
      return [next.ref, np.dot(next, W_hy.transpose()).add(b_y)];
    });
    let h = np.zeros([1, H]);
    const advance = (input) => {
      const [next, output] = step(...parameters.map((p) => p.ref), h, array(input, [1, I]));
      h = next;
      return output.dataSync();
    };
    const outputs = [];
    for (let t = 0; t < T; t++) outputs.push(...advance(inputs.slice(t * I, (t + 1) * I)));
    const input = inputs.slice(0, I);
    return {
      result: { outputs },
      run: () => {
        advance(input);
      },
    };
  },
});
