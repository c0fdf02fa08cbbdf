import { advances, type Checkpoint, type CheckpointPlan, unroll } from "@unroll/bptt";
import { Arena, type ElementType, OptionError } from "@unroll/kernels";
import { type Cell, elmanCell } from "@unroll/rnn-cell";
import { alteredCell } from "@unroll/rnn-cell/laws";
import { describe, expect, test } from "vitest";
import { type Problem, problem, rowsOf } from "./support/problem.ts";
import {
  gradientOf,
  gradientsIn,
  outputGradient,
  prepared,
  type RunOptions,
  setStates,
} from "./support/run.ts";

const T = 12;
const stacks = {
  "one cell": problem({ T, sizes: [3] }),
  "one cell that keeps a tape": problem({ T, sizes: [3], activation: "gelu" }),
  "a stack of two": problem({ T, sizes: [3, 2] }),
  "a stack of two, tokens": problem({ T, sizes: [3, 2], m: 4, tokens: true }),
};

const bits = (values: Float64Array): number[] =>
  Array.from(new Int32Array(values.buffer, values.byteOffset, 2 * values.length));

/** Bytes that a stack's working memory takes, and its plan. */
function workspace(of: Problem, options: RunOptions): { bytes: number; plan: CheckpointPlan } {
  const { unrolled } = prepared(of, options);
  return { bytes: unrolled.workspaceBytes, plan: unrolled.plan };
}

/** The least budget for a problem, as the error for a hopeless one names it. */
function leastBudget(of: Problem, options: RunOptions = {}): number {
  try {
    prepared(of, { ...options, checkpoint: { bytes: 1 } });
  } catch (error) {
    if (error instanceof OptionError) return Number(/at least (\d+) bytes/.exec(error.message)?.[1]);
    throw error;
  }
  throw new Error("a budget of 1 byte was accepted");
}

/** Every budget that makes a difference, from the least to more than everything takes. */
function budgets(of: Problem, options: RunOptions = {}): number[] {
  const least = leastBudget(of, options);
  const full = workspace(of, options).bytes;
  const steps = Math.ceil((full - least) / 64) + 2;
  return Array.from({ length: steps }, (_, i) => least + 64 * i);
}

describe.each(Object.entries(stacks))("%s", (_, one) => {
  describe.each(["float64", "float32"] as const)("%s", (type: ElementType) => {
    const full = bits(gradientOf(one, { type }));

    test("every budget gives the bits of full back-propagation, within the budget", () => {
      const plans = new Set<string>();
      for (const bytes of budgets(one, { type })) {
        const options = { type, checkpoint: { bytes } };
        expect(bits(gradientOf(one, options))).toEqual(full);
        const taken = workspace(one, options);
        expect(taken.bytes).toBeLessThanOrEqual(bytes);
        plans.add(JSON.stringify(taken.plan));
      }
      expect(plans.size).toBeGreaterThan(4);
    });

    test('"sqrt" gives the bits of full back-propagation', () => {
      expect(bits(gradientOf(one, { type, checkpoint: "sqrt" }))).toEqual(full);
    });

    test("runs shorter than planned, and longer ones after them", () => {
      const larger = { type, steps: T + 5, batch: one.B + 1 };
      for (const checkpoint of ["sqrt", { bytes: leastBudget(one, larger) }] as const) {
        const stack = prepared(one, { ...larger, checkpoint });
        for (const steps of [T, 1, 5, T]) {
          stack.arena.kernels.fill(stack.gradients, 0);
          setStates(one, stack);
          const inputs = rowsOf(one);
          inputs.rows = steps * one.B;
          stack.unrolled.forward(inputs, steps, one.B);
          stack.unrolled.backward(outputGradient(one));
          const plain = gradientOf({ ...one, T: steps }, { type });
          expect(bits(gradientsIn(stack))).toEqual(bits(plain));
        }
      }
    });
  });
});

describe("recomputation", () => {
  /** The problem's cells, and how often the lowest took a step. */
  function counting(of: Problem): { cells: Cell[]; steps: () => number } {
    let count = 0;
    const bottom = alteredCell(of.cells[0], (bound) => ({
      step(...views) {
        count++;
        bound.step(...views);
      },
    }));
    return { cells: [bottom, ...of.cells.slice(1)], steps: () => count };
  }

  function measured(of: Problem, checkpoint: Checkpoint): { extra: number; plan: CheckpointPlan } {
    const { cells, steps } = counting(of);
    const { unrolled } = prepared(of, { cells, checkpoint });
    unrolled.forward(rowsOf(of));
    expect(steps()).toBe(of.T);
    unrolled.backward(outputGradient(of));
    return { extra: steps() - of.T, plan: unrolled.plan };
  }

  test("is what the plan says and what Revolve needs, at every budget", () => {
    for (const one of [stacks["one cell"], stacks["a stack of two"]]) {
      let fewest = Number.POSITIVE_INFINITY;
      for (const bytes of budgets(one)) {
        const { extra, plan } = measured(one, { bytes });
        const { segment, slots, recomputedSteps } = plan;
        expect(extra).toBe(recomputedSteps);
        expect(extra).toBe(segment * advances(Math.ceil(T / segment), slots));
        expect(extra).toBeLessThanOrEqual(fewest); // more memory never costs more time
        fewest = extra;
      }
      expect(fewest).toBe(0);
    }
  });

  test("with segments of one step: the figures of the theory page", () => {
    const long = problem({ T: 1000, B: 1, m: 1, sizes: [2] });
    const { cells, steps } = counting(long);
    const wide = { ...cells[0], tapeSize: 10_000 }; // a step takes so much more than a state that segments stay short
    const least = leastBudget(long, { cells: [wide] });
    const perState = 64;
    for (const [slots, advanced] of [
      [50, 1948],
      [10, 3636],
    ]) {
      const checkpoint = { bytes: least + (slots - 1) * perState };
      const { arena, unrolled } = prepared(long, { cells: [wide], checkpoint });
      expect(unrolled.plan).toEqual({ segment: 1, slots, recomputedSteps: advanced });
      const before = steps();
      unrolled.forward(rowsOf(long));
      unrolled.backward((_from, _to, _outputs, dOutputs) => arena.kernels.fill(dOutputs, 1));
      expect(steps() - before).toBe(1000 + advanced);
    }
  });

  test('"sqrt" runs nearly everything once more, with about 2√T states', () => {
    const long = problem({ T: 1000, B: 1, m: 1, sizes: [2] });
    const { extra, plan } = measured(long, "sqrt");
    expect(plan).toEqual({ segment: 32, slots: 31, recomputedSteps: 31 * 32 });
    expect(extra).toBe(992);
    expect(plan.segment + 1 + plan.slots).toBe(64);
  });

  test("without checkpoints nothing is run again", () => {
    expect(measured(stacks["one cell"], "none")).toEqual({
      extra: 0,
      plan: { segment: T, slots: 1, recomputedSteps: 0 },
    });
  });
});

describe("the budget", () => {
  test("covers what the arena holds besides parameters, gradients and packed weights", () => {
    for (const one of Object.values(stacks)) {
      for (const checkpoint of ["none", "sqrt", { bytes: leastBudget(one) }] as const) {
        const { arena, unrolled } = prepared(one, { checkpoint });
        const fixed = new Arena("float64");
        const [parameters, gradients] = [fixed.matrix(1, one.layout.size), fixed.matrix(1, one.layout.size)];
        one.cells.reduce((at, cell) => {
          const { size } = cell.parameters;
          cell.bind(fixed, fixed.part(parameters, at, 1, size), fixed.part(gradients, at, 1, size));
          return at + size;
        }, 0);
        expect(unrolled.workspaceBytes).toBe(arena.bytes - fixed.bytes);
      }
    }
  });

  test("of exactly what everything takes needs no recomputation, one byte less does", () => {
    const one = stacks["a stack of two"];
    const { bytes } = workspace(one, {});
    expect(workspace(one, { checkpoint: { bytes } })).toEqual({
      bytes,
      plan: { segment: T, slots: 1, recomputedSteps: 0 },
    });
    expect(workspace(one, { checkpoint: { bytes: bytes - 1 } }).plan.recomputedSteps).toBeGreaterThan(0);
  });

  test("below the least is refused with the least", () => {
    for (const one of Object.values(stacks)) {
      const bytes = leastBudget(one);
      expect(workspace(one, { checkpoint: { bytes } }).bytes).toBe(bytes);
      expect(() => prepared(one, { checkpoint: { bytes: bytes - 1 } })).toThrow(
        `bptt: option checkpoint.bytes is ${bytes - 1}, expected at least ${bytes} bytes for ${T} steps`,
      );
    }
  });

  test("of a tenth of the memory costs less than one more forward pass", () => {
    const cell = elmanCell({ inputSize: 8, hiddenSize: 64 });
    const of = (checkpoint: Checkpoint) => unroll([cell], { steps: 1000, batch: 1, checkpoint }).unrolled;
    const full = of("none").workspaceBytes;
    const roots = of("sqrt");
    expect(roots.workspaceBytes / full).toBeLessThan(0.06);
    const tenth = of({ bytes: full / 10 });
    expect(tenth.plan.recomputedSteps).toBeLessThan(1000);
    expect(tenth.workspaceBytes).toBeLessThanOrEqual(full / 10);
  });

  test.each([0, -1, Number.NaN, "lots", undefined])("of %s bytes is refused", (bytes) => {
    expect(() => prepared(stacks["one cell"], { checkpoint: { bytes: bytes as number } })).toThrow(
      'expected "none", "sqrt" or { bytes: a positive number }',
    );
  });
});

test("a second way back needs a forward pass of its own", () => {
  const one = stacks["one cell"];
  const { unrolled } = prepared(one, { checkpoint: "sqrt" });
  unrolled.forward(rowsOf(one));
  unrolled.backward(outputGradient(one));
  expect(() => unrolled.backward(outputGradient(one))).toThrow(
    "Unrolled.backward: there is no forward pass to go back through",
  );
});

test("without checkpoints the way back may be taken again, with another loss", () => {
  const one = stacks["a stack of two"];
  const stack = prepared(one);
  stack.unrolled.forward(rowsOf(one));
  stack.unrolled.backward((_from, _to, _outputs, dOutputs) => stack.arena.kernels.fill(dOutputs, 7));
  stack.arena.kernels.fill(stack.gradients, 0);
  stack.unrolled.backward(outputGradient(one));
  expect(bits(gradientsIn(stack))).toEqual(bits(gradientOf(one)));
});

test("outputs are kept only without checkpoints, or if the run is no longer than a segment", () => {
  const one = stacks["one cell"];
  const { unrolled } = prepared(one, { checkpoint: "sqrt" });
  unrolled.forward(rowsOf(one));
  expect(() => unrolled.outputs).toThrow("Unrolled.outputs: checkpoints do not keep all outputs");
  const { segment } = unrolled.plan;
  const inputs = rowsOf(one);
  inputs.rows = segment * one.B;
  unrolled.forward(inputs, segment, one.B);
  expect(unrolled.outputs.rows).toBe(segment * one.B);
});

test("a planted error: a state that is kept one step too late is seen in the bits", () => {
  const one = stacks["one cell"];
  const drifting = alteredCell(one.cells[0], (bound) => {
    let calls = 0;
    return {
      step(gates, previous, next, tape) {
        bound.step(gates, previous, next, tape);
        if (++calls > T) next.data[next.offset] += 2 ** -50; // only what is run again differs
      },
    };
  });
  expect(bits(gradientOf(one, { cells: [drifting] }))).toEqual(bits(gradientOf(one)));
  expect(bits(gradientOf(one, { cells: [drifting], checkpoint: "sqrt" }))).not.toEqual(bits(gradientOf(one)));
});
