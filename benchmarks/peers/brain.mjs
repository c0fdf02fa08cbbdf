import brain from "brain.js";
import { serve, versionOf } from "./serve.mjs";

// brain.js trains one recurrent network on numbers: ReLU units, squared error, the next number of a series as target, one
// sequence at a time. Its gradients are not those of its loss (several of its backward passes overwrite where they should
// add), so only the loss is compared.
await serve(versionOf("brain.js"), {
  async training({ I, H, O, B, T, activation, loss, weights, inputs, targets }) {
    if (activation !== "relu" || I !== 1 || O !== 1 || loss !== "squared-error")
      return { cannot: "trains ReLU units on one number a step only" };
    const net = new brain.recurrent.RNNTimeStep({ inputSize: 1, hiddenLayers: [H], outputSize: 1 });
    net.initialize();
    const { hiddenLayers, outputConnector, output } = net.model;
    const set = (matrix, values) => {
      matrix.weights = Float32Array.from(values);
    };
    set(hiddenLayers[0].weight, weights.W_xh);
    set(hiddenLayers[0].transition, weights.W_hh);
    set(hiddenLayers[0].bias, weights.b_h);
    set(outputConnector, weights.W_hy);
    set(output, weights.b_y);
    const series = Array.from({ length: B }, (_, b) =>
      Array.from({ length: T + 1 }, (_, t) =>
        Float32Array.of(t < T ? inputs[t * B + b] : targets[(T - 1) * B + b]),
      ),
    );
    let squares = 0;
    for (const one of series) {
      net.trainArrays(one);
      for (const equation of net.model.equations.slice(0, T))
        squares += equation.states.at(-1).product.deltas[0] ** 2;
    }
    return {
      result: { loss: squares / (T * B) },
      run: () => {
        for (const one of series) {
          net.trainArrays(one);
          net.backpropagate();
        }
      },
    };
  },

  async streaming() {
    return { cannot: "has no step that keeps its state" };
  },
});
