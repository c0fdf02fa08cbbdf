import { Tokens } from "@unroll/kernels";
import { glorotUniform } from "@unroll/linalg";
import { softmaxCrossEntropy } from "@unroll/losses";
import type { Task } from "./task.ts";

const SYMBOLS = 8;
const BLANK = 8;
const GO = 9;

/** How many symbols a sequence of T steps begins with. */
const remembered = (T: number): number => Math.max(1, Math.min(10, Math.floor(T / 4)));

/**
 * The copy problem: S symbols of eight, a pause, and at the sign "go" the symbols again; blanks are to be said before.
 * S = min(10, ⌊T/4⌋). Who says blanks and then guesses has a loss of S ln 8 / T a step.
 * Source: Hochreiter, Schmidhuber (1997); Arjovsky, Shah, Bengio, "Unitary Evolution Recurrent Neural Networks" (2016).
 */
export const copy: Task = {
  inputs: SYMBOLS + 2,
  outputs: SYMBOLS + 1,
  tokens: true,
  loss: softmaxCrossEntropy(),
  W_xh: glorotUniform(),
  sequences(T, B, random) {
    const S = remembered(T);
    const inputs = new Int32Array(T * B).fill(BLANK);
    const targets = new Int32Array(T * B).fill(BLANK);
    for (let b = 0; b < B; b++) {
      for (let s = 0; s < S; s++) {
        const symbol = random.randint(0, SYMBOLS);
        inputs[s * B + b] = symbol;
        targets[(T - S + s) * B + b] = symbol;
      }
      inputs[(T - S) * B + b] = GO;
    }
    return {
      steps: T,
      batch: B,
      inputs: new Tokens(inputs, 0, T * B),
      targets: new Tokens(targets, 0, T * B),
    };
  },
  words({ inputs, targets }) {
    const shown = (values: ArrayLike<number>): string[] => Array.from(values, (value) => "abcdefgh·?"[value]);
    const input = shown(inputs.data);
    return { labels: input, input, target: shown(targets.data) };
  },
};
