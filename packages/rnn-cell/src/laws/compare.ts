import type { View } from "@unroll/kernels";
import { type Bench, type Change, type Operands, valuesOf } from "./bench.ts";
import { LawError } from "./law.ts";

/** Copies of matrices, by name. */
export type Results = Readonly<Record<string, { readonly values: Float64Array; readonly columns: number }>>;

/** What all calls together leave, the gates apart, which a step may consume. */
export function resultsOf(bench: Bench, of: Operands = bench.all): Results {
  const { next, tape, delta, dPrevious, dInputs } = of;
  return copyOf({ next, tape, delta, dPrevious, dInputs, gradients: bench.gradients });
}

export function copyOf(views: Readonly<Record<string, View>>): Results {
  return Object.fromEntries(
    Object.entries(views).map(([name, view]) => [name, { values: valuesOf(view), columns: view.columns }]),
  );
}

/** @throws LawError unless all elements have the same bits */
export function expectSame(law: string, problem: string, actual: Results, expected: Results): void {
  compare(law, problem, actual, expected, Object.is);
}

/** @throws LawError unless all elements are equal but for rounding, relative to the largest one of their matrix */
export function expectClose(
  law: string,
  problem: string,
  actual: Results,
  expected: Results,
  type: "float32" | "float64",
): void {
  const tolerance = type === "float32" ? 1e-5 : 1e-12;
  compare(law, problem, actual, expected, (a, e, largest) => Math.abs(a - e) <= tolerance * largest);
}

/** `changed` as words. */
export function describe({ matrix, row, column, from, to }: Change): string {
  return `${matrix}[${row},${column}] was ${from}, is ${to}`;
}

function compare(
  law: string,
  problem: string,
  actual: Results,
  expected: Results,
  agree: (actual: number, expected: number, largest: number) => boolean,
): void {
  for (const [matrix, { values, columns }] of Object.entries(expected)) {
    const got = actual[matrix].values;
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const at = values.findIndex((value, i) => !agree(got[i], value, largest));
    if (at < 0) continue;
    const place = { matrix, row: Math.floor(at / columns), column: at % columns };
    throw new LawError(
      law,
      `${problem}: ${matrix}[${place.row},${place.column}] is ${got[at]}, expected ${values[at]}`,
      { ...place, actual: got[at], expected: values[at] },
    );
  }
}
