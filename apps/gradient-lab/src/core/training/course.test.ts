import type { View } from "@unroll/kernels";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { controls, defaults } from "../controls.ts";
import type { Settings } from "../settings.ts";
import { Course } from "./course.ts";
import { trainingOptions } from "./training-options.ts";

const small: Settings = { ...defaults, hidden: 5, steps: 6, rate: 0.1 };

/** All that stays of a course, as bits. */
const parametersOf = ({ network: { model } }: Course): Float64Array => {
  const { data, offset, size }: View = model.parameters;
  return Float64Array.from(data.subarray(offset, offset + size));
};
const after = (settings: Settings, updates: number): Float64Array => {
  const course = new Course(settings);
  course.seek(updates);
  expect(course.update).toBe(updates);
  return parametersOf(course);
};

describe("a course of training", () => {
  it.each(controls.optimizer.choices.map(({ value }) => value))("by %s learns", (optimizer) => {
    const course = new Course({ ...small, noise: 1, optimizer, rate: 0.03 });
    course.seek(300);
    const { loss } = course.history();
    const mean = (from: number): number => loss.subarray(from, from + 50).reduce((a, b) => a + b) / 50;
    expect(mean(250)).toBeLessThan(0.7 * mean(0));
  });

  it.each(controls.input.choices.map(({ value }) => value))(
    "on %s is the same to the bit every time",
    (input) => {
      const settings = { ...small, input };
      const [first, second] = [after(settings, 7), after(settings, 7)];
      expect(second).toEqual(first);
      expect(second).not.toEqual(after(settings, 6));
    },
  );

  it("goes back and forth with the bits it had, wherever it goes", () => {
    const settings: Settings = {
      ...small,
      optimizer: "adam",
      truncate: 3,
      clip: "norm",
      threshold: 0.1,
      start: 0.5,
    };
    const bits: Float64Array[] = [];
    const whole = new Course(settings);
    bits[0] = parametersOf(whole);
    for (let u = 1; u < 200; u++) {
      whole.forward();
      bits[u] = parametersOf(whole);
    }
    fc.assert(
      fc.property(fc.array(fc.nat(199), { minLength: 1, maxLength: 6 }), (visits) => {
        for (const u of visits) {
          whole.seek(u);
          expect(whole.update).toBe(u);
          expect(parametersOf(whole)).toEqual(bits[u]);
        }
      }),
      { numRuns: 30 },
    );
    expect(whole.newest).toBe(199);
  });

  it("with options changed on the way can be gone through again", () => {
    const course = new Course({ ...small, optimizer: "momentum" });
    course.seek(100);
    course.continueWith({ ...trainingOptions(small), optimizer: "adam", rate: 0.01 });
    course.seek(120);
    course.continueWith({
      ...trainingOptions(small),
      optimizer: "adam",
      rate: 0.001,
      truncate: 2,
      cut: "chunked",
    });
    course.seek(140);
    const [end, history] = [parametersOf(course), course.history()];
    expect(course.sections.map(({ from }) => from)).toEqual([0, 100, 120]);
    for (const u of [0, 99, 100, 101, 119, 120, 121]) {
      course.seek(u);
      course.seek(140);
      expect(parametersOf(course)).toEqual(end);
    }
    expect(course.history()).toEqual(history);
    const again = new Course({ ...small, optimizer: "momentum" }, course.sections);
    again.seek(140);
    expect(parametersOf(again)).toEqual(end);
    // A change in the past makes another future.
    course.seek(110);
    course.continueWith({ ...trainingOptions(small), optimizer: "sgd", rate: 0.01 });
    expect([course.newest, course.sections.length]).toEqual([110, 3]);
    course.seek(0);
    course.continueWith(trainingOptions({ ...small, rate: 0.2 }));
    course.seek(9);
    expect(course.sections).toHaveLength(1);
    expect(parametersOf(course)).toEqual(after({ ...small, rate: 0.2 }, 9));
  });

  it("branches: what came after is forgotten", () => {
    const course = new Course(small);
    course.seek(50);
    course.seek(20);
    course.branch();
    expect([course.update, course.newest, course.history().update.length]).toEqual([20, 20, 20]);
    course.seek(30);
    expect(parametersOf(course)).toEqual(after(small, 30));
  });

  it("stops with a sentence where numbers end, and can be gone back in and changed", () => {
    const wild: Settings = { ...small, cell: "linear", gain: 3, rate: 10, noise: 1 };
    const course = new Course(wild);
    course.seek(1000);
    expect(course.update).toBeLessThan(1000);
    expect(course.stopped).toMatch(/^Training stopped: .+\.$/);
    const end = course.newest;
    const bits = parametersOf(course);
    course.seek(0);
    course.seek(1000);
    expect([course.update, course.newest]).toEqual([end, end]);
    expect(parametersOf(course)).toEqual(bits);
    course.seek(0);
    course.continueWith(trainingOptions({ ...wild, clip: "norm", threshold: 0.01, rate: 0.01 }));
    expect(course.stopped).toBeUndefined();
    course.seek(40);
    expect(course.update).toBe(40);
  });

  it("keeps 2,000 points and 64 checkpoints at most", () => {
    const course = new Course({ ...small, hidden: 2, steps: 4 });
    course.seek(2100);
    const { update, loss } = course.history();
    expect(update.length).toBeLessThanOrEqual(2000);
    expect(update.length).toBeGreaterThan(1000);
    expect(loss.length).toBe(update.length);
    const bits = parametersOf(course);
    course.seek(2099);
    course.forward();
    expect(parametersOf(course)).toEqual(bits);
  });
});
