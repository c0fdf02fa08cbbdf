// The computed figures of the theory, measured again beside what is stated.
//   npx pnpm --filter @unroll/gradient-flow theory
import { counterexamples, criticalGain, lyapunovSpectrum, meanField } from "@unroll/gradient-flow";
import { fromRows, gaussian, orthogonal, RandomState, spectralNorm, spectralRadius } from "@unroll/linalg";
import { drawn, exponentsOf } from "../support/random-network.ts";
import {
  chunkLengths,
  slidingLengths,
  truncationErrors,
  truncationTable,
} from "../support/truncation-experiment.ts";

const print = (line = ""): void => void process.stdout.write(`${line}\n`);
const row = (name: string, measured: string, stated: string): void =>
  print(`${name.padEnd(44)}${measured.padEnd(22)}${stated}`);
const spread = (values: readonly number[]): string => {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const sd = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1));
  return `${mean.toFixed(3)} ± ${sd.toFixed(3)}`;
};

print(`${"".padEnd(44)}${"measured".padEnd(22)}stated`);
print("\nCounterexamples");
for (const one of counterexamples()) {
  const stated = (quantity: string): string => {
    const figure = one.figures.find((candidate) => candidate.quantity === quantity);
    return figure ? `${figure.value}${figure.tolerance ? ` ± ${figure.tolerance}` : ""}` : "";
  };
  if (one.id === "X1") {
    for (const start of [
      [0.1, 0.1],
      [0.5, 0.5],
      [-0.5, 0.2],
      [0.9, -0.3],
    ]) {
      const W = fromRows(one.W_hh.kind === "matrix" ? one.W_hh.rows : []);
      const [first, second] = exponentsOf({ ...one, W, start }, new RandomState(0), {
        steps: 2e5,
        transient: 5e3,
        count: 2,
      });
      row(
        `X1 λ_1, λ_2 from ${start.join(", ")}`,
        `${first.toFixed(4)}, ${second}`,
        `${stated("λ_1")}, ${stated("λ_2")}`,
      );
    }
  }
  if (one.W_hh.kind === "matrix") continue;
  const { kind, size, gain } = one.W_hh;
  const draws = Array.from({ length: 20 }, (_, seed) => {
    const random = new RandomState(seed);
    const W = drawn(
      size,
      kind === "gaussian" ? gaussian({ sd: gain / Math.sqrt(size) }) : orthogonal({ gain }),
      random,
    );
    const [lambda] = exponentsOf({ ...one, W }, random, { steps: 5000, transient: 500 });
    return [lambda, Math.log(spectralRadius(W)), Math.log(spectralNorm(W))];
  });
  for (const [i, quantity] of ["λ_1", "ln ρ(W_hh)", "ln ‖W_hh‖"].entries())
    row(
      `${one.id} ${quantity} (20 draws, mean ± SD)`,
      spread(draws.map((draw) => draw[i])),
      stated(quantity),
    );
}

print("\nLyapunov exponents of A, B, C with period 3");
const periodic = [1, 2, 0, 1, 1, 0, 1, 1, 2, -1, 1, 0];
const flipped = [1, 0, 2, 1, 1, 1, 0, 1, 2, 1, -1, 0];
for (const [name, matrices, stated] of [
  ["right", periodic, "±0.320808"],
  ["transposes, first to last", flipped, "±0.641616"],
] as const) {
  const jacobians = Float64Array.from({ length: 3000 * 4 }, (_, i) => matrices[i % 12]);
  const [first, second] = lyapunovSpectrum({ steps: 3000, stateSize: 2, jacobians }, { transient: 300 });
  row(name, `${first.toFixed(6)}, ${second.toFixed(6)}`, stated);
}

print("\nMean field: ½ ln χ | λ_1 of one network of 200 units");
const field: [number, [number, string][]][] = [
  [
    0.5,
    [
      [0.5, "-.881|-.852"],
      [1, "-.272|-.268"],
      [1.5, "-.017|-.023"],
      [2, ".120|.110"],
      [3, ".301|.289"],
    ],
  ],
  [
    1,
    [
      [0.5, "-1.096|-1.100"],
      [1, "-.460|-.469"],
      [1.5, "-.142|-.154"],
      [2, ".046|.039"],
      [3, ".272|.251"],
    ],
  ],
];
for (const [noise, gains] of field)
  for (const [gain, stated] of gains) {
    const random = new RandomState(1);
    const W = drawn(200, gaussian({ sd: gain / Math.sqrt(200) }), random);
    const [lambda] = exponentsOf({ W, noise }, random, { steps: 2000, transient: 200 });
    row(
      `s = ${noise}, g = ${gain}`,
      `${meanField({ gain, noise }).lyapunov.toFixed(3)}|${lambda.toFixed(3)}`,
      stated,
    );
  }
print("\nCritical gain");
for (const [noise, stated] of [
  [0.1, 1.193],
  [0.25, 1.352],
  [0.5, 1.55],
  [0.75, 1.712],
  [1, 1.856],
  [1.5, 2.104],
])
  row(`s = ${noise}`, criticalGain(noise).toFixed(3), stated.toFixed(3));

print("\nTruncation bias, median of 100 draws");
for (const [gain, stated] of Object.entries(truncationTable)) {
  const { sliding, chunked } = truncationErrors(Number(gain), 100);
  for (const [name, lengths] of [
    ["sliding", slidingLengths],
    ["chunked", chunkLengths],
  ] as const)
    for (const [i, L] of lengths.entries())
      row(`g = ${gain}, ${name} ${L}`, { sliding, chunked }[name][i].toPrecision(2), String(stated[name][i]));
}
