import { readFileSync } from "node:fs";
import { UnrollError, View } from "@unroll/kernels";
import {
  constant,
  gaussian,
  glorotNormal,
  glorotUniform,
  heNormal,
  type Initializer,
  identity,
  orthogonal,
  RandomState,
  scaledToRadius,
  sparse,
  spectralRadius,
  uniform,
  zeros,
} from "@unroll/linalg";
import { describe, expect, it } from "vitest";

type Named = "gaussian" | "uniform" | "glorotUniform" | "glorotNormal" | "heNormal" | "sparse";

/** Written by initializers.py. */
const numpy = JSON.parse(
  readFileSync(new URL("./fixtures/initializers.json", import.meta.url), "utf8"),
) as Record<Named | "gaussianWithMean" | "heNormalLeaky" | "sparseOutgoing", number[]> & {
  orthogonal: { rows: number; columns: number; gain: number; seed: number; values: number[] }[];
};

function make(initializer: Initializer, rows: number, columns: number, seed = 42): Float64Array {
  const values = new Float64Array(rows * columns).fill(NaN);
  initializer(new View(values, 0, rows, columns), new RandomState(seed));
  return values;
}

function worst(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Math.max(0, ...Array.from(a, (value, i) => Math.abs(value - b[i])));
}

/** Largest element of |WᵀW - gain² I|, or of |W Wᵀ - gain² I| if W is wide. */
function distanceFromOrthogonal(W: Float64Array, rows: number, columns: number, gain: number): number {
  const [count, length, step, inner] =
    rows >= columns ? [columns, rows, 1, columns] : [rows, columns, columns, 1];
  let distance = 0;
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      let sum = i === j ? -gain * gain : 0;
      for (let k = 0; k < length; k++) sum += W[i * step + k * inner] * W[j * step + k * inner];
      distance = Math.max(distance, Math.abs(sum));
    }
  }
  return distance;
}

describe("initializers draw what NumPy draws, bit for bit", () => {
  it.each<[keyof typeof numpy, Initializer]>([
    ["gaussian", gaussian({ sd: 0.01 })],
    ["gaussianWithMean", gaussian({ sd: 2, mean: 0.5 })],
    ["uniform", uniform({ low: -0.1, high: 0.3 })],
    ["glorotUniform", glorotUniform({ gain: 2 })],
    ["glorotNormal", glorotNormal({ gain: 2 })],
    ["heNormal", heNormal()],
    ["heNormalLeaky", heNormal({ slope: 0.5 })],
  ])("%s", (name, initializer) => {
    expect(Array.from(make(initializer, 4, 3))).toEqual(numpy[name]);
  });

  it("sparse, incoming and outgoing", () => {
    expect(Array.from(make(sparse({ perUnit: 3, sd: 0.5 }), 4, 6))).toEqual(numpy.sparse);
    const outgoing = sparse({ perUnit: 3, sd: 0.5, connections: "outgoing" });
    expect(Array.from(make(outgoing, 6, 4))).toEqual(numpy.sparseOutgoing);
  });
});

describe("zeros, constant, identity", () => {
  it("write what they say", () => {
    expect(Array.from(make(zeros, 2, 2))).toEqual([0, 0, 0, 0]);
    expect(Array.from(make(constant(-1.5), 1, 3))).toEqual([-1.5, -1.5, -1.5]);
    expect(Array.from(make(identity(), 2, 3))).toEqual([1, 0, 0, 0, 1, 0]);
    expect(Array.from(make(identity({ gain: 0.5 }), 3, 2))).toEqual([0.5, 0, 0, 0.5, 0, 0]);
  });

  it("take nothing from the random stream", () => {
    for (const initializer of [zeros, constant(1), identity()]) {
      const random = new RandomState(1);
      initializer(new View(new Float32Array(4), 0, 2, 2), random);
      expect(random.state).toEqual(new RandomState(1).state);
    }
  });
});

describe("orthogonal", () => {
  it.each(numpy.orthogonal)("$rows×$columns is NumPy's Q with the signs of R put right", (expected) => {
    const { rows, columns, gain, seed, values } = expected;
    expect(worst(make(orthogonal({ gain }), rows, columns, seed), values)).toBeLessThan(
      1e-14 * Math.max(1, gain),
    );
  });

  it.each([
    [0, 0],
    [0, 3],
    [1, 1],
    [8, 1],
    [1, 8],
    [17, 17],
    [33, 16],
    [16, 35],
    [128, 128],
  ])("%d×%d is orthogonal to rounding", (rows, columns) => {
    const W = make(orthogonal(), rows, columns, 7);
    expect(W.every(Number.isFinite)).toBe(true);
    expect(distanceFromOrthogonal(W, rows, columns, 1)).toBeLessThan(5e-15);
  });

  it("the check notices a single wrong element", () => {
    const W = make(orthogonal(), 33, 16, 7);
    W[100] += 1e-12;
    expect(distanceFromOrthogonal(W, 33, 16, 1)).toBeGreaterThan(1e-13);
  });

  it("is uniform: the trace of 3×3 matrices has mean 0 and variance 1, the first element mean 0", () => {
    const random = new RandomState(5);
    const values = new Float64Array(9);
    const view = new View(values, 0, 3, 3);
    const draws = 4000;
    let [trace, traceSquare, first] = [0, 0, 0];
    for (let n = 0; n < draws; n++) {
      orthogonal()(view, random);
      const t = values[0] + values[4] + values[8];
      trace += t / draws;
      traceSquare += (t * t) / draws;
      first += values[0] / draws;
    }
    expect(Math.abs(trace)).toBeLessThan(0.06);
    expect(Math.abs(traceSquare - 1)).toBeLessThan(0.12);
    expect(Math.abs(first)).toBeLessThan(0.04);
  });

  it("draws 512×512 with an orthogonality of a few units in the last place", () => {
    const W = make(orthogonal(), 512, 512);
    for (const [i, j] of [
      [0, 0],
      [511, 511],
      [0, 511],
      [255, 256],
      [17, 400],
    ]) {
      let sum = 0;
      for (let k = 0; k < 512; k++) sum += W[k * 512 + i] * W[k * 512 + j];
      expect(Math.abs(sum - (i === j ? 1 : 0))).toBeLessThan(5e-15);
    }
  });
});

describe("sparse", () => {
  it.each([
    ["incoming", 20, 50],
    ["outgoing", 50, 20],
  ] as const)(
    "gives each unit that many %s connections, all over the matrix",
    (connections, rows, columns) => {
      const W = make(sparse({ perUnit: 15, sd: 1, connections }), rows, columns, 3);
      const places = new Set<number>();
      for (let unit = 0; unit < 20; unit++) {
        let nonzero = 0;
        for (let place = 0; place < 50; place++) {
          const value = connections === "incoming" ? W[unit * 50 + place] : W[place * 20 + unit];
          if (value !== 0) places.add(place);
          if (value !== 0) nonzero++;
        }
        expect(nonzero).toBe(15);
      }
      expect(places.size).toBe(50);
    },
  );

  it("refuses more connections than there are units", () => {
    expect(() => make(sparse({ perUnit: 4, sd: 1 }), 9, 3)).toThrow(
      "sparse: option perUnit is 4, expected at most 3",
    );
    const outgoing = sparse({ perUnit: 4, sd: 1, connections: "outgoing" });
    expect(() => make(outgoing, 3, 9)).toThrow("sparse: option perUnit is 4, expected at most 3 (3×9)");
  });
});

describe("scaledToRadius", () => {
  it.each([
    ["normal", scaledToRadius({ radius: 0.95 })],
    ["sparse", scaledToRadius({ radius: 0.95, of: sparse({ perUnit: 15, sd: 1 }) })],
    ["orthogonal", scaledToRadius({ radius: 0.95, of: orthogonal() })],
  ])("gives a %s matrix that spectral radius", (_, initializer) => {
    const W = new View(make(initializer, 40, 40), 0, 40, 40);
    expect(Math.abs(spectralRadius(W) - 0.95)).toBeLessThan(1e-13);
  });

  it("multiplies what the other initializer draws by one number", () => {
    const W = make(scaledToRadius({ radius: 2, of: gaussian({ sd: 3 }) }), 6, 6);
    const first = make(gaussian({ sd: 3 }), 6, 6);
    const found = spectralRadius(new View(first, 0, 6, 6));
    expect(W).toEqual(first.map((value) => (2 / found) * value));
    expect(make(scaledToRadius({ radius: 0 }), 3, 3).every((value) => Math.abs(value) === 0)).toBe(true);
  });

  it("refuses what cannot have that radius", () => {
    expect(() => make(scaledToRadius({ radius: 1 }), 2, 3)).toThrow(
      "scaledToRadius: the matrix is 2×3, expected n×n",
    );
    expect(() => make(scaledToRadius({ radius: 1, of: zeros }), 2, 2)).toThrow(
      "scaledToRadius: the spectral radius to scale is 0, expected a positive number",
    );
    expect(make(scaledToRadius({ radius: 1 }), 0, 0).length).toBe(0);
  });
});

const all: Record<string, Initializer> = {
  zeros,
  constant: constant(0.1),
  gaussian: gaussian({ sd: 0.3, mean: 0.1 }),
  uniform: uniform({ low: -1, high: 2 }),
  glorotUniform: glorotUniform(),
  glorotNormal: glorotNormal(),
  heNormal: heNormal(),
  orthogonal: orthogonal({ gain: 1.1 }),
  identity: identity({ gain: 0.1 }),
  sparse: sparse({ perUnit: 2, sd: 1 }),
};

describe.each(Object.entries(all))("%s", (_, initializer) => {
  it("rounds its float64 values once, inside the view alone, whatever stood there", () => {
    const [rows, columns, stride, offset] = [5, 4, 7, 3];
    const data = new Float32Array(50).fill(-77);
    const target = new View(data, offset, rows, columns, stride);
    for (let r = 0; r < rows; r++) data.fill(NaN, offset + r * stride, offset + r * stride + columns);
    initializer(target, new RandomState(9));
    const expected = new Float32Array(50).fill(-77);
    const values = Float32Array.from(make(initializer, rows, columns, 9));
    for (let r = 0; r < rows; r++) {
      expected.set(values.subarray(r * columns, (r + 1) * columns), offset + r * stride);
    }
    expect(data).toEqual(expected);
  });

  it("gives the same bits for the same seed and does not keep the first target's shape", () => {
    const first = make(initializer, 6, 4, 1);
    make(initializer, 3, 5, 2);
    expect(make(initializer, 6, 4, 1)).toEqual(first);
  });
});

it.each<[string, () => Initializer]>([
  ["constant: option c is NaN, expected a finite number", () => constant(NaN)],
  ["gaussian: option sd is -1, expected a finite number, 0 or more", () => gaussian({ sd: -1 })],
  ["gaussian: option sd is undefined", () => gaussian({} as { sd: number })],
  ["gaussian: option mean is Infinity", () => gaussian({ sd: 1, mean: Infinity })],
  ["uniform: option low is NaN", () => uniform({ low: NaN, high: 1 })],
  ["uniform: option high is 0, expected at least low (1)", () => uniform({ low: 1, high: 0 })],
  ["glorotUniform: option gain is NaN", () => glorotUniform({ gain: NaN })],
  ["glorotNormal: option gain is Infinity", () => glorotNormal({ gain: Infinity })],
  ["heNormal: option slope is NaN", () => heNormal({ slope: NaN })],
  ["orthogonal: option gain is NaN", () => orthogonal({ gain: NaN })],
  ["identity: option gain is NaN", () => identity({ gain: NaN })],
  ["sparse: option perUnit is 1.5, expected an integer, 0 or more", () => sparse({ perUnit: 1.5, sd: 1 })],
  ["sparse: option sd is -2", () => sparse({ perUnit: 1, sd: -2 })],
  ["scaledToRadius: option radius is -1", () => scaledToRadius({ radius: -1 })],
  [
    'scaledToRadius: option of is "zeros", expected an initializer',
    () => scaledToRadius({ radius: 1, of: "zeros" as unknown as Initializer }),
  ],
  [
    'sparse: option connections is "both", expected "incoming" or "outgoing"',
    () => sparse({ perUnit: 1, sd: 1, connections: "both" as "incoming" }),
  ],
])("%s", (message, construct) => {
  try {
    construct();
    expect.unreachable();
  } catch (error) {
    expect(UnrollError.is(error) && error.code).toBe("option");
    expect(String(error)).toContain(message);
  }
});
