import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { UnrollError, View } from "@unroll/kernels";
import { RandomState } from "@unroll/linalg";
import { describe, expect, it } from "vitest";

interface Run {
  seed: number;
  count: number;
  sha256: string;
  sample: number[];
}

/** Written by random-state.py. */
const numpy = JSON.parse(readFileSync(new URL("./fixtures/random-state.json", import.meta.url), "utf8")) as {
  words: Run[];
  random: Run;
  normals: (Run & { float32: string })[];
  normal: Run & { mean: number; sd: number };
  uniform: Run & { low: number; high: number };
  integers: (Run & { low: number; high: number })[];
  permutations: { seed: number; n: number; sha256: string }[];
  mixed: Run;
  states: { seed: number; normals: number; words: string; position: number; gaussian: number | null }[];
};

function sha256(values: Float64Array | Float32Array | Uint32Array | Int32Array): string {
  return createHash("sha256")
    .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    .digest("hex");
}

function sample(values: ArrayLike<number>): number[] {
  const every = Array.from(
    { length: Math.floor(values.length / 100_000) },
    (_, i) => values[(i + 1) * 100_000 - 1],
  );
  return [...Array.from(values).slice(0, 8), ...every];
}

describe("RandomState gives NumPy's numbers", () => {
  it.each(numpy.words)("a million words of seed $seed", (run) => {
    const random = new RandomState(run.seed);
    const words = Uint32Array.from({ length: run.count }, () => random.word());
    expect(sample(words)).toEqual(run.sample);
    expect(sha256(words)).toBe(run.sha256);
  });

  it("a million uniform numbers", () => {
    const values = new RandomState(numpy.random.seed).rand(numpy.random.count);
    expect(sample(values)).toEqual(numpy.random.sample);
    expect(sha256(values)).toBe(numpy.random.sha256);
  });

  it.each(numpy.normals)("a million normal numbers of seed $seed, as float64 and as float32", (run) => {
    const values = new RandomState(run.seed).randn(run.count);
    expect(sample(values)).toEqual(run.sample);
    expect(sha256(values)).toBe(run.sha256);
    expect(sha256(Float32Array.from(values))).toBe(run.float32);
  });

  it("normal numbers of a given mean and standard deviation", () => {
    const { seed, count, mean, sd, sha256: expected } = numpy.normal;
    const random = new RandomState(seed);
    expect(sha256(Float64Array.from({ length: count }, () => random.normal(mean, sd)))).toBe(expected);
    const filled = new Float64Array(count);
    new RandomState(seed).fillNormal(filled, mean, sd);
    expect(sha256(filled)).toBe(expected);
  });

  it("uniform numbers of a given range", () => {
    const { seed, count, low, high, sha256: expected } = numpy.uniform;
    const random = new RandomState(seed);
    expect(sha256(Float64Array.from({ length: count }, () => random.uniform(low, high)))).toBe(expected);
    const filled = new Float64Array(count);
    new RandomState(seed).fillUniform(filled, low, high);
    expect(sha256(filled)).toBe(expected);
  });

  it.each(numpy.integers)("$count integers from $low to below $high", (run) => {
    const random = new RandomState(run.seed);
    const values = Float64Array.from({ length: run.count }, () => random.randint(run.low, run.high));
    expect(sample(values)).toEqual(run.sample);
    expect(sha256(values)).toBe(run.sha256);
  });

  it.each(numpy.permutations)(
    "the permutation of $n numbers of seed $seed",
    ({ seed, n, sha256: expected }) => {
      expect(sha256(new RandomState(seed).permutation(n))).toBe(expected);
    },
  );

  it("calls of every kind on one stream", () => {
    expect(sha256(Float64Array.from(mixed(new RandomState(numpy.mixed.seed))))).toBe(numpy.mixed.sha256);
    expect(mixed(new RandomState(numpy.mixed.seed)).slice(0, 40)).toEqual(numpy.mixed.sample);
  });

  it.each(numpy.states)("the state after $normals normal numbers of seed $seed", (expected) => {
    const random = new RandomState(expected.seed);
    random.randn(expected.normals);
    const { words, position, gaussian } = random.state;
    expect(sha256(Uint32Array.from(words))).toBe(expected.words);
    expect({ position, gaussian }).toEqual({ position: expected.position, gaussian: expected.gaussian });
  });
});

/** What mixed() in random-state.py does. */
function mixed(random: RandomState): number[] {
  const out: number[] = [];
  for (let i = 0; i < 200; i++) {
    out.push(random.normal(), random.random(), random.randint(0, 3 + i), random.normal(2.5, 0.1));
    out.push(random.randint(-(2 ** 40), 2 ** 41), random.uniform(-3, 4), random.randint(7, 8));
    out.push(...random.permutation(i % 7));
    const array = Array.from({ length: i % 5 }, (_, k) => k);
    random.shuffle(array);
    out.push(...array, ...random.randn(i % 4), ...random.rand(i % 3));
  }
  return out;
}

describe("the state of a RandomState", () => {
  it("goes through JSON and continues the stream, the kept normal number included", () => {
    const random = new RandomState(11);
    random.randn(777);
    const text = JSON.stringify(random.state);
    const expected = mixed(random);
    const other = new RandomState(0).restore(JSON.parse(text));
    expect(mixed(other)).toEqual(expected);
  });

  it("is a copy", () => {
    const random = new RandomState(11);
    const before = random.state;
    const first = random.randn(1000);
    expect(random.restore(before).randn(1000)).toEqual(first);
  });

  it("drops a kept normal number when the snapshot has none", () => {
    const fresh = new RandomState(5).state;
    const random = new RandomState(5);
    random.randn(1);
    expect(random.restore(fresh).state).toEqual(fresh);
  });

  it.each([
    [undefined, "snapshot is undefined"],
    [{ ...new RandomState(0).state, words: [1, 2] }, "words is [1, 2], expected 624 integers"],
    [{ ...new RandomState(0).state, position: 625 }, "position is 625, expected an integer from 0 to 624"],
    [{ ...new RandomState(0).state, gaussian: NaN }, "gaussian is NaN, expected a finite number or null"],
  ])("refuses what is no snapshot and keeps its own state (%#)", (snapshot, message) => {
    const random = new RandomState(3);
    expect(() => random.restore(snapshot as never)).toThrow(message);
    expect(random.state).toEqual(new RandomState(3).state);
  });
});

describe("RandomState", () => {
  it("fills the elements of a view row by row and leaves the rest", () => {
    const data = new Float32Array(20).fill(9);
    new RandomState(42).fillNormal(new View(data, 2, 3, 2, 6), 0, 0.01);
    const values = new RandomState(42).randn(6).map((value) => value * 0.01);
    const expected = new Float32Array(20).fill(9);
    expected.set(values.subarray(0, 2), 2);
    expected.set(values.subarray(2, 4), 8);
    expected.set(values.subarray(4, 6), 14);
    expect(data).toEqual(expected);
  });

  it("shuffles arrays of anything", () => {
    const words = [..."permutation"];
    new RandomState(1).shuffle(words);
    expect(words.toSorted().join("")).toBe([..."permutation"].sort().join(""));
  });

  it.each([-1, 2 ** 32, 1.5, NaN, Infinity, "1", undefined])("refuses the seed %s", (seed) => {
    expect(() => new RandomState(seed as number)).toThrow(
      /RandomState: option seed is .*, expected an integer from 0/,
    );
  });

  it.each([
    [3, 3, "option high is 3, expected an integer above low (3)"],
    [0, 0.5, "option high is 0.5"],
    [0.5, 3, "option low is 0.5"],
    [-(2 ** 53) + 1, 2 ** 53 - 1, "option high is 9007199254740991"],
    [0, NaN, "option high is NaN"],
  ])("refuses integers from %d to below %d", (low, high, message) => {
    const random = new RandomState(1);
    expect(() => random.randint(low, high)).toThrow(message);
    expect(random.state).toEqual(new RandomState(1).state);
  });

  it.each([-1, 1.5, NaN, 2 ** 31])("refuses a count of %d", (n) => {
    for (const method of ["rand", "randn", "permutation"] as const) {
      const random = new RandomState(1);
      try {
        random[method](n);
        expect.unreachable();
      } catch (error) {
        expect(UnrollError.is(error) && error.code).toBe("option");
      }
    }
  });
});

describe("the comparison notices", () => {
  it("a word that is skipped, a pair given out in the wrong order, a logarithm one bit off", () => {
    const { seed, count, sha256: expected } = numpy.normals[1];
    const skipping = new RandomState(seed);
    skipping.word();
    expect(sha256(skipping.randn(count))).not.toBe(expected);
    const swapped = new RandomState(seed).randn(count);
    [swapped[count - 2], swapped[count - 1]] = [swapped[count - 1], swapped[count - 2]];
    expect(sha256(swapped)).not.toBe(expected);
    const off = new RandomState(seed).randn(count);
    off[count >> 1] *= 1 + 2 ** -52;
    expect(sha256(off)).not.toBe(expected);
  });
});
