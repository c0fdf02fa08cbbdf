import { type KernelKind, Tokens, View } from "@unroll/kernels";
import { gaussian, type Initializer, orthogonal, scaledToRadius } from "@unroll/linalg";
import { softmaxCrossEntropy } from "@unroll/losses";
import { type SequenceModel, sequenceModel } from "@unroll/model";
import { elman } from "@unroll/rnn-cell";
import { sideBySide } from "./side-by-side.ts";

export interface NumbersFigure {
  readonly network: string;
  readonly kernels: KernelKind;
  readonly milliseconds: number;
  /** Time as a multiple of the ordinary network's. */
  readonly ratio: number;
}

const [I, H, O, B, T] = [8, 64, 8, 8, 1000];

/** Starting values of W_hh and W_xh; what differs between networks that do the same work. */
const networks: Readonly<Record<string, Record<"W_hh" | "W_xh", Initializer>>> = {
  ordinary: { W_hh: orthogonal(), W_xh: gaussian({ sd: 0.3 }) },
  // Half the gain at which gradients keep their size: they shrink through all denormal numbers to zero.
  vanishing: { W_hh: scaledToRadius({ radius: 0.5 }), W_xh: gaussian({ sd: 0.3 }) },
  // Every unit at ±1, where the derivative of tanh is zero.
  saturated: { W_hh: gaussian({ sd: 10 }), W_xh: gaussian({ sd: 10 }) },
};

/** A training step of a loss at the last of T steps, by networks whose numbers differ, side by side. */
export function measureNumbers(kernels: KernelKind): NumbersFigure[] {
  let seed = 1;
  const next = (): number => (seed = (seed * 48271) % 2147483647) / 2147483647;
  const rows = T * B;
  const batch = {
    steps: T,
    batch: B,
    inputs: new View(
      Float32Array.from({ length: rows * I }, () => next() - 0.5),
      0,
      rows,
      I,
    ),
    targets: new Tokens(
      Int32Array.from({ length: rows }, (_, r) => (r < rows - B ? -1 : r % O)),
      0,
      rows,
    ),
  };
  const loss = softmaxCrossEntropy();
  const model = (name: string): SequenceModel => {
    const cells = [elman({ hiddenSize: H, initializers: networks[name] })];
    return sequenceModel({ inputs: I, cells, outputs: O, seed: 1, kernels });
  };
  const names = Object.keys(networks);
  const steps = names.map((name) => {
    const made = model(name);
    return [name, () => void made.gradient(batch, { loss })] as const;
  });
  const timings = sideBySide(Object.fromEntries(steps), { rounds: 15 });
  return names.map((network) => ({
    network,
    kernels,
    milliseconds: timings[network],
    ratio: timings[network] / timings.ordinary,
  }));
}
