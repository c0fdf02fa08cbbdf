import { RandomState } from "@unroll/linalg";
import { numpyText } from "./numpy-text.ts";
import { SimpleRnn, type Step } from "./simple-rnn.ts";

/** The seed of the tutorial: `np.random.seed(42)`. */
export const TUTORIAL_SEED = 42;

export interface TutorialRun {
  readonly seed: number;
  readonly inputs: readonly Float64Array[];
  readonly steps: readonly Step[];
}

/** The tutorial's program: SimpleRNN(3, 5, 2), then four inputs of three normal numbers, then the forward pass. */
export function runTutorial(seed: number): TutorialRun {
  const random = new RandomState(seed);
  const network = new SimpleRnn({ inputSize: 3, hiddenSize: 5, outputSize: 2 }, random);
  const inputs = Array.from({ length: 4 }, () => random.randn(3));
  return { seed, inputs, steps: network.forward(inputs) };
}

/** What the program prints: for each time step output and hidden state, as NumPy prints column vectors. */
export function tutorialText({ steps }: TutorialRun): string {
  return steps
    .map(({ y, h }, i) => {
      const t = i + 1;
      return [
        `Time step ${t}: output y_${t} =`,
        numpyText(y, y.length, 1),
        `Time step ${t}: hidden state h_${t} =`,
        numpyText(h, h.length, 1),
        "",
      ].join("\n");
    })
    .join("");
}
