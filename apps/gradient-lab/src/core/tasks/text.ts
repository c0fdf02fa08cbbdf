import { Tokens } from "@unroll/kernels";
import { glorotUniform } from "@unroll/linalg";
import { softmaxCrossEntropy } from "@unroll/losses";
import { Vocabulary, vocabularyOf } from "@unroll/train";
import { PASSAGE } from "./passage.ts";
import type { Task } from "./task.ts";

/**
 * Text: characters, of which the next one is to be said at every step. The lab shows the beginning; training reads
 * from anywhere. A text shorter than the sequence is read again. Of a model with its own characters, what it does not
 * know is left out.
 */
export function text(given: string, symbols?: readonly string[]): Task {
  const whole = `${given === "" ? PASSAGE : given} `;
  const vocabulary = symbols ? new Vocabulary(symbols) : vocabularyOf(whole);
  const known = Array.from(whole).filter((symbol) => vocabulary.has(symbol));
  const tokens = vocabulary.encode(known.length > 0 ? known.join("") : vocabulary.symbols.join(""));
  const from = (start: (b: number) => number, T: number, B: number): ReturnType<Task["sequences"]> => {
    const starts = Array.from({ length: B }, (_, b) => start(b));
    const read = (ahead: number): Tokens => {
      const at = (row: number): number => starts[row % B] + Math.floor(row / B) + ahead;
      return new Tokens(
        Int32Array.from({ length: T * B }, (_, row) => tokens[at(row) % tokens.length]),
        0,
        T * B,
      );
    };
    return { steps: T, batch: B, inputs: read(0), targets: read(1) };
  };
  return {
    inputs: vocabulary.size,
    outputs: vocabulary.size,
    tokens: true,
    loss: softmaxCrossEntropy(),
    W_xh: glorotUniform(),
    sequences: (T, B, random) => from(() => random.randint(0, tokens.length), T, B),
    shown: (T) => from(() => 0, T, 1),
    words({ inputs, targets }) {
      const symbols = (of: Tokens): string[] => Array.from(of.data, (token) => vocabulary.symbols[token]);
      const input = symbols(inputs as Tokens);
      return { labels: input, input, target: symbols(targets as Tokens) };
    },
  };
}
