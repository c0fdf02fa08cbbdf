import type { Workload } from "../workloads.ts";

/**
 * What every peer is given: sizes, weights, inputs and targets, so that all compute the same. Numbers are float32 or
 * int32 in base64, row by row; row t·B + b of inputs and targets is step t of sequence b.
 */
export interface Problem {
  readonly kind: "training" | "streaming";
  readonly sizes: Readonly<Record<"I" | "H" | "O" | "B" | "T", number>>;
  readonly activation: "tanh" | "relu";
  readonly loss: "cross-entropy" | "squared-error";
  /** W_xh H×I, W_hh H×H, b_h 1×H, W_hy O×H, b_y 1×O. */
  readonly weights: Readonly<Record<"W_xh" | "W_hh" | "b_h" | "W_hy" | "b_y", string>>;
  readonly inputs: string;
  /** T·B symbols below O for cross-entropy, else T·B×O numbers. */
  readonly targets: string;
}

type Sizes = Pick<Workload, "I" | "H" | "O" | "B" | "T">;

/** A training step: forward, loss (the mean over all T·B rows) and all gradients, without an optimizer. */
export function trainingProblem(
  { I, H, O, B, T }: Sizes,
  loss: Problem["loss"],
  activation: Problem["activation"] = "tanh",
): Problem {
  return problem("training", { I, H, O, B, T }, loss, activation);
}

/** Single steps of batch 1: inputs of T steps, by which the peers' outputs are compared. */
export function streamingProblem(H: number): Problem {
  return problem("streaming", { I: 8, H, O: 8, B: 1, T: 5 }, "squared-error", "tanh");
}

/** For a loss on single numbers with one input column the targets are the next inputs, which any program can do. */
function problem(
  kind: Problem["kind"],
  sizes: Sizes,
  loss: Problem["loss"],
  activation: Problem["activation"],
): Problem {
  const { I, H, O, B, T } = sizes;
  let seed = 1;
  const next = (): number => (seed = (seed * 48271) % 2147483647) / 2147483647 - 0.5;
  const numbers = (count: number, sd: number): Float32Array =>
    Float32Array.from({ length: count }, () => next() * sd * Math.sqrt(12));
  const weights = {
    W_xh: numbers(H * I, 1 / Math.sqrt(I)),
    W_hh: numbers(H * H, 0.9 / Math.sqrt(H)),
    b_h: numbers(H, 0.1),
    W_hy: numbers(O * H, 1 / Math.sqrt(H)),
    b_y: numbers(O, 0.1),
  };
  const series = numbers((T + 1) * B * I, 0.5);
  const targets =
    loss === "cross-entropy"
      ? Int32Array.from({ length: T * B }, () => Math.floor((next() + 0.5) * O))
      : I === O
        ? series.subarray(B * I)
        : numbers(T * B * O, 0.5);
  return {
    kind,
    sizes,
    activation,
    loss,
    weights: Object.fromEntries(
      Object.entries(weights).map(([name, values]) => [name, base64(values)]),
    ) as Problem["weights"],
    inputs: base64(series.subarray(0, T * B * I)),
    targets: base64(targets),
  };
}

const base64 = (of: Float32Array | Int32Array): string =>
  Buffer.from(of.buffer, of.byteOffset, of.byteLength).toString("base64");

/** The numbers of a problem's field. */
export function decode<A>(kind: { new (buffer: ArrayBuffer): A }, text: string): A {
  return new kind(Uint8Array.from(Buffer.from(text, "base64")).buffer);
}
