import { gelu, identity, tanh } from "@unroll/activations";
import { Arena, OptionError, type View } from "@unroll/kernels";
import { constant, RandomState, slice } from "@unroll/linalg";
import { elman, elmanCell } from "@unroll/rnn-cell";
import { describe, expect, test } from "vitest";

const elements = ({ data, offset, size }: View): number[] => Array.from(data.slice(offset, offset + size));

describe.each(["float64", "float32"] as const)("one step in %s", (type) => {
  const round = type === "float32" ? Math.fround : (x: number): number => x;

  test("has the bits of plain loops: bias, then x, then h, each over k ascending", () => {
    const [m, n, B] = [3, 5, 2];
    const cell = elmanCell({ inputSize: m, hiddenSize: n, activation: identity });
    const arena = new Arena(type);
    const parameters = arena.matrix(1, cell.parameters.size);
    const x = arena.matrix(B, m);
    const [gates, h, next] = [arena.matrix(B, n), arena.matrix(B, n), arena.matrix(B, n)];
    const bound = cell.bind(arena, parameters, arena.matrix(1, cell.parameters.size));
    arena.commit();
    const random = new RandomState(5);
    for (const view of [parameters, x, h]) random.fillNormal(view);
    bound.prepare();
    bound.project(x, gates);
    bound.step(gates, h, next, arena.part(next, 0, B, 0));

    const [W_xh, W_hh, b_h] = ["W_xh", "W_hh", "b_h"].map((name) =>
      elements(slice(parameters, cell.parameters, name)),
    );
    const expected: number[] = [];
    for (let r = 0; r < B; r++) {
      for (let i = 0; i < n; i++) {
        let z = b_h[i];
        for (let k = 0; k < m; k++) z = round(z + round(elements(x)[r * m + k] * W_xh[i * m + k]));
        for (let k = 0; k < n; k++) z = round(z + round(elements(h)[r * n + k] * W_hh[i * n + k]));
        expected.push(z);
      }
    }
    expect(elements(next)).toEqual(expected);
  });
});

describe("the description of a cell", () => {
  test("has the sizes of its letters", () => {
    const cell = elmanCell({ inputSize: 3, hiddenSize: 5 });
    expect(cell).toMatchObject({
      ...{ kind: "elman", inputSize: 3, outputSize: 5, stateSize: 5, gateSize: 5, tapeSize: 0, deltaSize: 5 },
      config: { hiddenSize: 5, activation: "tanh", bias: true },
    });
    expect(cell.parameters.slices).toEqual({
      W_xh: { offset: 0, rows: 5, columns: 3 },
      W_hh: { offset: 15, rows: 5, columns: 5 },
      b_h: { offset: 40, rows: 1, columns: 5 },
    });
  });

  test("has a tape only if the activation's derivative needs z", () => {
    expect(elmanCell({ inputSize: 3, hiddenSize: 5, activation: gelu }).tapeSize).toBe(5);
    expect(elmanCell({ inputSize: 3, hiddenSize: 5, activation: tanh }).tapeSize).toBe(0);
  });

  test("has no b_h without bias", () => {
    const cell = elmanCell({ inputSize: 3, hiddenSize: 5, bias: false });
    expect(Object.keys(cell.parameters.slices)).toEqual(["W_xh", "W_hh"]);
    expect(cell.config).toMatchObject({ bias: false });
  });

  test("elman waits for its input size", () => {
    expect(elman({ hiddenSize: 5 })(7)).toMatchObject({ inputSize: 7, outputSize: 5 });
  });
});

describe("starting values", () => {
  const start = (options: Parameters<typeof elman>[0]): Record<"W_xh" | "W_hh" | "b_h", number[]> => {
    const cell = elman(options)(3);
    const arena = new Arena("float64");
    const parameters = arena.matrix(1, cell.parameters.size);
    arena.commit();
    cell.initialize(parameters, new RandomState(1));
    const of = (name: string): number[] => elements(slice(parameters, cell.parameters, name));
    return { W_xh: of("W_xh"), W_hh: of("W_hh"), b_h: of("b_h") };
  };

  test("are Glorot uniform, orthogonal and zero", () => {
    const { W_xh, W_hh, b_h } = start({ hiddenSize: 4 });
    const limit = Math.sqrt(6 / 7);
    expect(W_xh.every((w) => Math.abs(w) <= limit)).toBe(true);
    expect(Math.max(...W_xh.map(Math.abs))).toBeGreaterThan(limit / 2);
    const row = (i: number): number[] => W_hh.slice(4 * i, 4 * i + 4);
    for (const i of [0, 1, 2, 3]) {
      for (const j of [0, 1, 2, 3])
        expect(row(i).reduce((sum, w, k) => sum + w * row(j)[k], 0)).toBeCloseTo(i === j ? 1 : 0, 14);
    }
    expect(b_h).toEqual([0, 0, 0, 0]);
  });

  test("can be given by name", () => {
    const { W_xh, b_h } = start({ hiddenSize: 2, initializers: { b_h: constant(1) } });
    expect(b_h).toEqual([1, 1]);
    expect(W_xh).toEqual(start({ hiddenSize: 2 }).W_xh);
  });
});

describe("options that cannot be are refused", () => {
  test.each([0, -1, 1.5, Number.NaN, "4"])("a size of %s", (size) => {
    const message = `is ${JSON.stringify(size) === "null" ? "NaN" : JSON.stringify(size)}, expected a positive integer`;
    expect(() => elmanCell({ inputSize: size as number, hiddenSize: 4 })).toThrow(
      `elman: option inputSize ${message}`,
    );
    expect(() => elmanCell({ inputSize: 4, hiddenSize: size as number })).toThrow(
      `elman: option hiddenSize ${message}`,
    );
  });

  test("an activation by its name", () => {
    expect(() => elmanCell({ inputSize: 1, hiddenSize: 1, activation: "tanh" as never })).toThrow(
      'elman: option activation is "tanh", expected an Activation, as tanh of @unroll/activations',
    );
  });

  test("an initializer for a parameter that the cell doesn't have", () => {
    const zero = constant(0);
    const make = (name: string, bias: boolean) => () =>
      elmanCell({ inputSize: 1, hiddenSize: 1, bias, initializers: { [name]: zero } });
    expect(make("W_hx", true)).toThrow(
      'elman: option initializers is "W_hx", expected names among W_xh, W_hh, b_h',
    );
    expect(make("b_h", false)).toThrow('is "b_h", expected names among W_xh, W_hh');
    expect(make("toString", true)).toThrow(OptionError);
  });
});
