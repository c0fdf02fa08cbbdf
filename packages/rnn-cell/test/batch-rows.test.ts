import { gelu, relu, sigmoid, tanh } from "@unroll/activations";
import { Arena, availableKernels, type Rows, Tokens, View } from "@unroll/kernels";
import { RandomState } from "@unroll/linalg";
import { elmanCell } from "@unroll/rnn-cell";
import { expect, test } from "vitest";

const CELLS = 100;
const SHAPES = 25;
const MOST = 120; // T·B

/** An Elman cell of random sizes with room for T·B rows of random inputs. */
function randomCell(
  random: RandomState,
): (steps: number, batch: number, rows: readonly number[]) => number[] {
  const size = (): number => random.randint(1, [6, 40][random.randint(0, 2)]);
  const pick = <X>(all: readonly X[]): X => all[random.randint(0, all.length)];
  const cell = elmanCell({
    ...{ inputSize: size(), hiddenSize: size() },
    ...{ activation: pick([tanh, relu, sigmoid, gelu]), bias: pick([true, false]) },
  });
  const arena = new Arena(pick(["float32", "float64"] as const), pick(["portable", "simd"] as const));
  const I = cell.inputSize;
  const H = cell.stateSize;
  const parameters = arena.matrix(1, cell.parameters.size);
  const numbers = arena.matrix(MOST, I);
  const tokens = arena.tokens(MOST);
  const some = { numbers: arena.matrix(MOST, I), tokens: arena.tokens(MOST) };
  const [gates, tape] = [arena.matrix(MOST, H), arena.matrix(MOST, cell.tapeSize)];
  const states = arena.matrix(2 * MOST, H);
  const bound = cell.bind(arena, parameters, arena.matrix(1, cell.parameters.size));
  arena.commit();
  random.fillNormal(parameters, 0, 0.5);
  random.fillNormal(numbers);
  for (let r = 0; r < MOST; r++) tokens.data[tokens.offset + r] = random.randint(0, I);
  bound.prepare();
  const usesTokens = pick([true, false]);
  const block = (X: View, first: number, count: number): View =>
    new View(X.data, X.offset + first * X.stride, count, X.columns, X.stride);

  /** h_1 … h_T of the sequences `chosen` of a batch of B, run by themselves. */
  return (steps, batch, chosen) => {
    const B = chosen.length;
    for (let t = 0; t < steps; t++) {
      chosen.forEach((b, i) => {
        const from = t * batch + b;
        const to = t * B + i;
        some.tokens.data[some.tokens.offset + to] = tokens.data[tokens.offset + from];
        arena.kernels.copy(block(some.numbers, to, 1), block(numbers, from, 1));
      });
    }
    const inputs: Rows = usesTokens
      ? new Tokens(some.tokens.data, some.tokens.offset, steps * B)
      : block(some.numbers, 0, steps * B);
    arena.kernels.fill(states, 0);
    bound.project(inputs, block(gates, 0, steps * B));
    for (let t = 0; t < steps; t++) {
      const of = (X: View, step: number): View => block(X, step * B, B);
      bound.step(of(gates, t), of(states, t), of(states, t + 1), of(tape, t));
    }
    const { data, offset } = states;
    return Array.from(data.subarray(offset + B * H, offset + (steps + 1) * B * H));
  };
}

test("the states of a sequence have the same bits alone and in any batch, over random sizes", () => {
  expect(availableKernels()).toContain("simd");
  const random = new RandomState(1);
  for (let c = 0; c < CELLS; c++) {
    const run = randomCell(random);
    for (let i = 0; i < SHAPES; i++) {
      const batch = random.randint(1, [4, 30][random.randint(0, 2)]);
      const steps = random.randint(1, Math.min(12, Math.floor(MOST / batch)) + 1);
      const every = Array.from({ length: batch }, (_, b) => b);
      const states = run(steps, batch, every);
      const H = states.length / (steps * batch);
      const first = random.randint(0, batch);
      for (const chosen of [[first], every.slice(first), [batch - 1]]) {
        const alone = run(steps, batch, chosen);
        const expected = Array.from({ length: steps }, (_, t) =>
          chosen.map((b) => states.slice((t * batch + b) * H, (t * batch + b + 1) * H)),
        ).flat(2);
        if (!alone.every((x, at) => Object.is(x, expected[at])))
          expect(alone, `cell ${c}, T = ${steps}, sequences ${chosen} of ${batch}`).toEqual(expected);
      }
    }
  }
});
