import { Unrolled, type UnrollOptions, unroll } from "@unroll/bptt";
import { Arena, OptionError, ShapeError, StateError, Tokens, ValueError, View } from "@unroll/kernels";
import { elmanCell } from "@unroll/rnn-cell";
import { alteredCell } from "@unroll/rnn-cell/laws";
import { describe, expect, test } from "vitest";

const cell = elmanCell({ inputSize: 2, hiddenSize: 3 });
const rows = (count: number, columns = 2): View =>
  new View(new Float32Array(count * columns), 0, count, columns);
const made = (options: Partial<UnrollOptions>): Unrolled =>
  unroll([cell], { steps: 4, batch: 3, ...options }).unrolled;

function expectError(run: () => unknown, type: new (...words: never[]) => Error, message: string): void {
  expect(run).toThrow(type);
  expect(run).toThrow(message);
}

describe("options that cannot be are refused", () => {
  test.each([0, -1, 2.5, Number.NaN, Number.POSITIVE_INFINITY, "4", undefined])(
    "steps or batch of %s",
    (value) => {
      const shown = typeof value === "string" ? `"${value}"` : value;
      const given = value as number;
      expectError(
        () => made({ steps: given }),
        OptionError,
        `bptt: option steps is ${shown}, expected a positive integer`,
      );
      expectError(
        () => made({ batch: given }),
        OptionError,
        `bptt: option batch is ${shown}, expected a positive integer`,
      );
    },
  );

  test("no cells", () => {
    expectError(
      () => unroll([], { steps: 1, batch: 1 }),
      OptionError,
      "bptt: option cells is [], expected at least one cell",
    );
  });

  test("a stack whose sizes do not meet", () => {
    expectError(
      () => unroll([cell, cell], { steps: 1, batch: 1 }),
      OptionError,
      "bptt: option cells[1].inputSize is 2, expected 3, the output size below it",
    );
  });

  test("truncation that is none", () => {
    expectError(
      () => made({ truncation: { k1: 0, k2: 1 } }),
      OptionError,
      "bptt: option truncation.k1 is 0, expected a positive integer",
    );
    expectError(
      () => made({ truncation: { k1: 1, k2: 1.5 } }),
      OptionError,
      "bptt: option truncation.k2 is 1.5",
    );
    expectError(
      () => made({ truncation: { k1: 2 } as never }),
      OptionError,
      "bptt: option truncation.k2 is undefined",
    );
  });

  test("truncation together with checkpoints", () => {
    const truncation = { k1: 1, k2: 2 };
    expectError(
      () => made({ truncation, checkpoint: "sqrt" }),
      OptionError,
      'bptt: option checkpoint is "sqrt", expected "none" together with truncation',
    );
    expect(made({ truncation, checkpoint: "none" }).plan.recomputedSteps).toBe(0);
  });

  test.each(["some", 5, {}])("a checkpoint of %s", (checkpoint) => {
    expectError(
      () => made({ checkpoint: checkpoint as never }),
      OptionError,
      'expected "none", "sqrt" or { bytes: a positive number }',
    );
  });

  test("a gradient of tokens", () => {
    expectError(
      () => made({ tokens: true, inputGradient: true }),
      OptionError,
      "bptt: option inputGradient is true, expected false with tokens, which have no gradient",
    );
  });

  test("vectors of another length than the parameters", () => {
    const arena = new Arena("float32");
    const [right, wrong] = [arena.matrix(1, 18), arena.matrix(1, 17)];
    const options = { steps: 1, batch: 1 };
    expectError(
      () => new Unrolled(arena, [cell], wrong, right, options),
      ShapeError,
      "bptt: parameters is 1×17, expected 1×18",
    );
    expectError(
      () => new Unrolled(arena, [cell], right, wrong, options),
      ShapeError,
      "bptt: gradients is 1×17, expected 1×18",
    );
  });
});

describe("inputs that do not fit are refused", () => {
  test.each([0, -1, 1.5, 5, Number.NaN])("%s steps of 4", (steps) => {
    expectError(
      () => made({}).forward(rows(12), steps, 3),
      ValueError,
      `Unrolled.forward: steps is ${steps}, expected a whole number from 1 to 4`,
    );
  });

  test.each([0, 4, 2.5])("%s sequences of 3", (batch) => {
    expectError(
      () => made({}).forward(rows(12), 4, batch),
      ValueError,
      `Unrolled.forward: batch is ${batch}, expected a whole number from 1 to 3`,
    );
  });

  test("initial states for more sequences than planned", () => {
    expectError(
      () => made({}).resetStates(4),
      ValueError,
      "Unrolled.resetStates: batch is 4, expected a whole number from 1 to 3",
    );
  });

  test("an empty sequence", () => {
    expectError(
      () => made({}).forward(rows(0)),
      ValueError,
      "Unrolled.forward: batch is 0, expected a whole number from 1 to 3",
    );
  });

  test("rows that are no whole number of sequences", () => {
    expectError(() => made({}).forward(rows(10)), ValueError, "Unrolled.forward: batch is 2.5");
  });

  test("another number of rows or columns", () => {
    expectError(
      () => made({}).forward(rows(11), 4, 3),
      ShapeError,
      "Unrolled.forward: inputs is 11×2, expected 12×2",
    );
    expectError(
      () => made({}).forward(rows(12, 3), 4, 3),
      ShapeError,
      "Unrolled.forward: inputs is 12×3, expected 12×2",
    );
  });

  test("tokens in place of a matrix, a matrix in place of tokens", () => {
    const tokens = new Tokens(new Int32Array(12), 0, 12);
    expectError(
      () => made({}).forward(tokens),
      ValueError,
      'Unrolled.forward: inputs is "tokens", expected a matrix',
    );
    expectError(
      () => made({ tokens: true }).forward(rows(12)),
      ValueError,
      'Unrolled.forward: inputs is "a matrix", expected tokens',
    );
  });

  test.each([-1, 2, 99])("a token of %s where there are 2", (token) => {
    const tokens = new Tokens(Int32Array.from([0, 1, 0, token, 0, 0]), 0, 6);
    expectError(
      () => made({ tokens: true }).forward(tokens, 2, 3),
      ValueError,
      `Unrolled.forward: token of row 3 is ${token}, expected 0 … 1`,
    );
  });

  test("and leave the run before as it was", () => {
    const unrolled = made({});
    unrolled.forward(rows(6), 2);
    expect(() => unrolled.forward(rows(11), 4, 3)).toThrow();
    expect([unrolled.steps, unrolled.batch]).toEqual([2, 3]);
    let seen = 0;
    unrolled.backward((from, to) => {
      seen = to - from;
    });
    expect(seen).toBe(2);
  });
});

test("there is no way back without a forward pass", () => {
  expectError(
    () => made({}).backward(() => {}),
    StateError,
    "Unrolled.backward: there is no forward pass to go back through",
  );
});

test("nor after a forward pass that a cell broke off", () => {
  let calls = 0;
  const failing = alteredCell(cell, (bound) => ({
    step(...views) {
      if (++calls > 6) throw new RangeError("no more");
      bound.step(...views);
    },
  }));
  const { unrolled } = unroll([failing], { steps: 4, batch: 3 });
  unrolled.forward(rows(12));
  expect(() => unrolled.forward(rows(12))).toThrow("no more");
  expect(() => unrolled.backward(() => {})).toThrow(StateError);
});
