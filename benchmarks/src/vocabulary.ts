import { Arena, type KernelKind, Tokens, View } from "@unroll/kernels";
import { meanSquaredError } from "@unroll/losses";
import { sequenceModel } from "@unroll/model";
import { elman } from "@unroll/rnn-cell";
import { sideBySide } from "./side-by-side.ts";

export interface VocabularyFigure {
  readonly V: number;
  readonly kernels: KernelKind;
  /** Milliseconds of a training step whose inputs are tokens, or the same as one-hot rows. */
  readonly tokens: number;
  readonly oneHot: number;
  /** Microseconds of the projection of the tokens alone, and of its gradient. */
  readonly gather: number;
  readonly scatter: number;
}

const [H, O, B, T] = [64, 8, 16, 20];
const rows = T * B;

/** Inputs of V symbols, as tokens and as one-hot rows, side by side. */
export function measureVocabulary(V: number, kernels: KernelKind): VocabularyFigure {
  let seed = 1;
  const next = (): number => (seed = (seed * 48271) % 2147483647) / 2147483647;
  const tokens = new Tokens(
    Int32Array.from({ length: rows }, () => Math.floor(next() * V)),
    0,
    rows,
  );
  const oneHot = new View(new Float32Array(rows * V), 0, rows, V);
  for (let r = 0; r < rows; r++) oneHot.data[r * V + tokens.data[r]] = 1;
  const targets = new View(
    Float32Array.from({ length: rows * O }, () => next() - 0.5),
    0,
    rows,
    O,
  );
  const loss = meanSquaredError();
  const step = (inputs: View | Tokens): (() => void) => {
    const cells = [elman({ hiddenSize: H })];
    const model = sequenceModel({ inputs: V, cells, outputs: O, seed: 1, kernels });
    return () => void model.gradient({ steps: T, batch: B, inputs, targets }, { loss });
  };
  const steps = sideBySide({ tokens: step(tokens), oneHot: step(oneHot) });

  const arena = new Arena("float32", kernels);
  const [C, W, dW, column] = [
    arena.matrix(rows, H),
    arena.matrix(H, V),
    arena.matrix(H, V),
    arena.tokens(rows),
  ];
  const k = arena.commit().kernels;
  column.data.set(tokens.data, column.offset);
  const alone = sideBySide({
    gather: () => k.addTokenColumns(C, column, W),
    scatter: () => k.scatterAddColumns(dW, column, C),
  });
  return {
    V,
    kernels,
    ...steps,
    gather: 1000 * alone.gather,
    scatter: 1000 * alone.scatter,
  } as VocabularyFigure;
}
