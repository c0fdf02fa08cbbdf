import { describe, expect, test } from "vitest";
import { type Case, create, distance, type Fixture, fixture, type Name, trajectory } from "./run.ts";

const label = ({ optimizer, options }: Case): string =>
  `${optimizer} ${JSON.stringify(options, (_, value) => (Array.isArray(value) ? "a schedule" : value))}`;

/** The largest distance over the recorded steps. */
function error({ parameters }: Case, run: number[][]): number {
  return Math.max(
    ...Object.entries(parameters).map(([step, expected]) => distance(run[Number(step) - 1], expected)),
  );
}

describe.each(["pytorch", "keras"])("%s", (source) => {
  const data = fixture(source);

  test.each(data.cases.map((of) => [label(of), of] as const))("%s", (_label, of) => {
    const run = trajectory(create(of.optimizer, of.options), data);
    expect(error(of, run)).toBeLessThan(1e-13);
  });

  test("every optimizer moved every parameter in every case", () => {
    for (const { parameters } of data.cases)
      parameters[24].forEach((value, i) => {
        expect(value).not.toBe(data.start[i]);
      });
  });
});

describe("float32 stays within a few units in the last place of float64", () => {
  const data = fixture("pytorch");

  test.each(data.cases.map((of) => [label(of), of] as const))("%s", (_label, { optimizer, options }) => {
    const rounded = {
      start: data.start.map(Math.fround),
      gradients: data.gradients.map((gradient) => gradient.map(Math.fround)),
    };
    const single = trajectory(create(optimizer, options), rounded, "float32");
    const double = trajectory(create(optimizer, options), rounded, "float64");
    // The largest value that a parameter has had sets the size of the roundings it carries.
    const largest = data.start.map((_, i) =>
      Math.max(...double.map((parameters) => Math.abs(parameters[i])), 1),
    );
    for (const [step, parameters] of single.entries())
      parameters.forEach((value, i) => {
        expect(Math.abs(value - double[step][i])).toBeLessThan(16 * 2 ** -23 * largest[i]);
      });
  });
});

describe("planted errors are noticed: each of these options left out or misplaced misses the oracle", () => {
  /** The first case of an optimizer that sets the option, else its first case. */
  const find = (data: Fixture, name: Name, option: string): Case => {
    const cases = data.cases.filter(({ optimizer }) => optimizer === name);
    return cases.find(({ options }) => option in options) ?? cases[0];
  };

  const plants: [string, Name, string, unknown][] = [
    ["pytorch", "momentum", "dampening", 0],
    ["pytorch", "momentum", "weightDecay", 0],
    ["pytorch", "rmsprop", "epsilon", 1e-8],
    ["pytorch", "rmsprop", "centered", false],
    ["pytorch", "rmsprop", "momentum", 0],
    ["pytorch", "adagrad", "initialAccumulator", 0],
    ["pytorch", "adagrad", "learningRateDecay", 0],
    ["pytorch", "adam", "amsgrad", false],
    ["pytorch", "adam", "epsilonPlacement", "before-correction"],
    ["pytorch", "adamW", "weightDecay", 0],
    ["keras", "momentum", "learningRatePlacement", "outside"],
    ["keras", "nesterov", "learningRatePlacement", "outside"],
    ["keras", "momentum", "decoupled", false],
    ["keras", "rmsprop", "epsilonPlacement", "outside"],
    ["keras", "rmsprop", "learningRatePlacement", "outside"],
    ["keras", "adagrad", "epsilonPlacement", "outside"],
    ["keras", "adam", "epsilonPlacement", "after-correction"],
  ];

  test.each(plants)("%s %s %s", (source, name, option, wrong) => {
    const data = fixture(source);
    const of = find(data, name, option);
    const run = trajectory(create(name, { ...of.options, [option]: wrong }), data);
    expect(error(of, run)).toBeGreaterThan(1e-10);
  });

  test("a missing bias correction", () => {
    const data = fixture("pytorch");
    const of = data.cases.find(({ optimizer }) => optimizer === "adam") as Case;
    const theta = data.start.slice();
    const m = theta.map(() => 0);
    const v = theta.map(() => 0);
    const run = data.gradients.map((gradient) => {
      gradient.forEach((g, i) => {
        m[i] = 0.9 * m[i] + 0.1 * g;
        v[i] = 0.999 * v[i] + 0.001 * g * g;
        theta[i] -= (0.001 * m[i]) / (Math.sqrt(v[i]) + 1e-8);
      });
      return theta.slice();
    });
    expect(error(of, run)).toBeGreaterThan(1e-4);
  });
});
