import { Arena, View } from "@unroll/kernels";
import { adam, momentum, type Optimizer, sgd } from "@unroll/optim";
import { describe, expect, test } from "vitest";
import { create, elements, fixture, type Name, prepare, type Run, trajectory } from "./run.ts";

const data = fixture("pytorch");

/** Each optimizer with all the state it can have, and a rate that changes. */
const full: [Name, Record<string, unknown>, string[]][] = [
  ["sgd", {}, []],
  ["momentum", { dampening: 0.4 }, ["velocity"]],
  ["nesterov", {}, ["velocity"]],
  ["rmsprop", { centered: true, momentum: 0.5 }, ["squares", "means", "velocity"]],
  ["adagrad", { initialAccumulator: 0.1, learningRateDecay: 0.1 }, ["squares"]],
  ["adam", { amsgrad: true, weightDecay: 0.1 }, ["means", "squares", "largest"]],
  ["adamW", {}, ["means", "squares"]],
];
const learningRate = data.gradients.map((_, step) => 0.1 / (1 + step));

function step(optimizer: Optimizer, run: Run, gradient: readonly number[]): void {
  run.gradients.data.set(gradient, run.gradients.offset);
  optimizer.update(run.arena.kernels, run.parameters, run.gradients, run.state);
}

describe.each(full)("%s", (name, options, vectors) => {
  test("has the state vectors it says", () => {
    const run = prepare(create(name, { ...options, learningRate }), data.start, "float32");
    expect(Object.keys(run.state.vectors)).toEqual(vectors);
    expect(run.state.step).toBe(0);
  });

  test.each(["float32", "float64"] as const)(
    "goes on with the same bits from a copy of its state, in %s",
    (type) => {
      const whole = trajectory(create(name, { ...options, learningRate }), data, type);
      for (let at = 0; at < data.gradients.length; at++) {
        const first = create(name, { ...options, learningRate });
        const before = prepare(first, data.start, type);
        for (const gradient of data.gradients.slice(0, at)) step(first, before, gradient);

        const second = create(name, { ...options, learningRate });
        const after = prepare(second, elements(before.parameters), type);
        after.state.step = before.state.step;
        for (const vector of vectors) {
          const { data: values, offset } = after.state.vectors[vector];
          values.set(elements(before.state.vectors[vector]), offset);
        }
        for (const gradient of data.gradients.slice(at)) step(second, after, gradient);
        expect(elements(after.parameters)).toEqual(whole.at(-1));
      }
    },
  );

  test("starts afresh when its step is set to 0, whatever its vectors hold", () => {
    const optimizer = create(name, { ...options, learningRate });
    const run = prepare(optimizer, data.start, "float64");
    for (const gradient of data.gradients) step(optimizer, run, gradient);
    for (const vector of Object.values(run.state.vectors))
      vector.data.fill(Number.NaN, vector.offset, vector.offset + 1);
    run.state.step = 0;
    run.parameters.data.set(data.start, run.parameters.offset);
    for (const gradient of data.gradients) step(optimizer, run, gradient);
    expect(elements(run.parameters)).toEqual(trajectory(optimizer, data).at(-1));
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "names a gradient of %s and changes nothing",
    (value) => {
      const optimizer = create(name, { ...options, learningRate });
      const run = prepare(optimizer, data.start, "float32");
      step(optimizer, run, data.gradients[0]);
      const before = run.parameters.data.slice();
      run.gradients.data.set(data.gradients[1], run.gradients.offset);
      run.gradients.data[run.gradients.offset + 4] = value;
      before[run.gradients.offset + 4] = value;
      before.set(data.gradients[1].slice(0, 4), run.gradients.offset);
      before.set(data.gradients[1].slice(5), run.gradients.offset + 5);
      const attempt = (): void =>
        optimizer.update(run.arena.kernels, run.parameters, run.gradients, run.state);
      expect(attempt).toThrow(`${name}: gradient is ${value}, index 4`);
      expect(attempt).toThrow(expect.objectContaining({ code: "non-finite" }));
      expect(run.parameters.data).toEqual(before);
      expect(run.state.step).toBe(1);
    },
  );

  test("leaves the gradients alone", () => {
    const optimizer = create(name, { ...options, learningRate });
    const run = prepare(optimizer, data.start, "float64");
    step(optimizer, run, data.gradients[0]);
    expect(elements(run.gradients)).toEqual(data.gradients[0]);
  });

  test("gives a part of a vector the bits it has in the whole", () => {
    const whole = trajectory(create(name, { ...options, learningRate }), data);
    const optimizer = create(name, { ...options, learningRate });
    const arena = new Arena("float64");
    const parameters = arena.matrix(1, 6);
    const gradients = arena.matrix(1, 6);
    const parts = [0, 2].map((start, i) => ({
      parameters: arena.part(parameters, start, 1, 2 + 2 * i),
      gradients: arena.part(gradients, start, 1, 2 + 2 * i),
      state: optimizer.reserve(arena, 2 + 2 * i),
    }));
    arena.commit();
    parameters.data.set(data.start, parameters.offset);
    for (const gradient of data.gradients) {
      gradients.data.set(gradient, gradients.offset);
      for (const part of parts) optimizer.update(arena.kernels, part.parameters, part.gradients, part.state);
    }
    expect(elements(parameters)).toEqual(whole.at(-1));
  });
});

describe("a square that is infinite would freeze its parameter for good", () => {
  test.each(["rmsprop", "adagrad", "adam", "adamW"] as const)("%s refuses it in float32", (name) => {
    const optimizer = create(name, {});
    const run = prepare(optimizer, data.start, "float32");
    expect(() => step(optimizer, run, [0, 0, 1e20, 0, 0, 0])).toThrow(
      expect.objectContaining({
        code: "value",
        message: expect.stringContaining(`${name}: gradient 2 is 1000000`),
      }),
    );
    expect(() => step(optimizer, run, [0, 0, 1e19, 0, 0, 0])).not.toThrow();
    // Six squares just within the range sum to more than it: still no reason to refuse.
    expect(() => step(optimizer, run, [1.3e19, 1.3e19, 1.3e19, 1.3e19, 1.3e19, 1.3e19])).not.toThrow();
  });

  test("in float64 the range is larger; sgd takes any finite gradient", () => {
    const optimizer = adam();
    const run = prepare(optimizer, data.start, "float64");
    expect(() => step(optimizer, run, [0, 0, 1e150, 0, 0, 0])).not.toThrow();
    expect(() => step(optimizer, run, [0, 0, 1e155, 0, 0, 0])).toThrow("less than 9.5e+153 in magnitude");
    const plain = sgd({ learningRate: 1e-10 });
    expect(() => step(plain, prepare(plain, data.start, "float64"), [1e300, 0, 0, 0, 0, 0])).not.toThrow();
  });
});

describe("what doesn't fit is refused before anything changes", () => {
  const optimizer = momentum({ learningRate: 0.1 });
  const run = prepare(optimizer, data.start, "float32");
  const { kernels } = run.arena;
  const other = new View(new Float32Array(8), 0, 1, 5);
  const tall = new View(new Float32Array(8), 0, 2, 3);

  test("vectors of another shape", () => {
    expect(() => optimizer.update(kernels, run.parameters, other, run.state)).toThrow(
      "momentum: gradients is 1×5, expected 1×6",
    );
    expect(() => optimizer.update(kernels, tall, tall, run.state)).toThrow("momentum: parameters is 2×3");
    expect(() => optimizer.update(kernels, other, other, run.state)).toThrow("velocity is 1×6, expected 1×5");
  });

  test("the state of another optimizer, or at no step", () => {
    expect(() => adam().update(kernels, run.parameters, run.gradients, run.state)).toThrow(
      expect.objectContaining({ code: "state", message: "adam: the state has no vector means" }),
    );
    const broken = { ...run.state, step: 1.5 };
    expect(() => optimizer.update(kernels, run.parameters, run.gradients, broken)).toThrow("at step 1.5");
  });

  test("a schedule that gives no rate", () => {
    for (const rate of [Number.NaN, -1, Number.POSITIVE_INFINITY])
      expect(() =>
        momentum({ learningRate: () => rate }).update(kernels, run.parameters, run.gradients, run.state),
      ).toThrow(`learning rate of step 0 is ${rate}, expected a finite number of 0 or more`);
  });

  test("a size that is none, an epsilon too small for the type", () => {
    expect(() => optimizer.reserve(new Arena("float32"), -1)).toThrow("parameters is 1×-1");
    const tiny = adam({ epsilon: 1e-40 });
    expect(() => tiny.reserve(new Arena("float32"), 1)).toThrow("option epsilon is 1e-40, expected at least");
    expect(() => tiny.reserve(new Arena("float64"), 1)).not.toThrow();
  });

  test("nothing has changed", () => {
    expect(elements(run.parameters)).toEqual(data.start.map(Math.fround));
    expect(run.state.step).toBe(0);
  });
});

describe("options", () => {
  test.each([
    [
      "sgd",
      { learningRate: -0.1 },
      "sgd: option learningRate is -0.1, expected a finite number of 0 or more",
    ],
    ["sgd", {}, "sgd: option learningRate is undefined"],
    [
      "sgd",
      { learningRate: 0.1, momentum: 0.9 },
      "sgd: option momentum is 0.9, expected one of learningRate, weight",
    ],
    ["sgd", { learningRate: 0.1, weightDecay: Number.NaN }, "sgd: option weightDecay is NaN"],
    ["sgd", { learningRate: 0.1, decoupled: 1 }, "sgd: option decoupled is 1, expected true or false"],
    [
      "momentum",
      { learningRate: 0.1, momentum: 1 },
      "momentum: option momentum is 1, expected a number from 0 up to",
    ],
    ["nesterov", { learningRate: 0.1, dampening: 0.5 }, "nesterov: option dampening is 0.5, expected one of"],
    [
      "rmsprop",
      { epsilonPlacement: "hat" },
      'option epsilonPlacement is "hat", expected "outside" or "inside"',
    ],
    ["rmsprop", { epsilon: 0 }, "rmsprop: option epsilon is 0, expected a finite number above 0"],
    ["adagrad", { initialAccumulator: -1 }, "adagrad: option initialAccumulator is -1"],
    ["adam", { beta1: 1 }, "adam: option beta1 is 1"],
    ["adam", { lr: 0.1 }, "adam: option lr is 0.1, expected one of learningRate, weightDecay, beta1"],
    ["adamW", { weightDecay: -1 }, "adamW: option weightDecay is -1"],
  ] as [Name, Record<string, unknown>, string][])("%s %o", (name, options, message) => {
    expect(() => create(name, options)).toThrow(message);
    expect(() => create(name, options)).toThrow(expect.objectContaining({ code: "option" }));
  });
});
