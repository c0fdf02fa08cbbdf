import type { Trace } from "@unroll/gradient-flow";
import { View } from "@unroll/kernels";
import { eigenvalues, singularValues } from "@unroll/linalg";
import type { Spectrum } from "../frame.ts";

/** Eigenvalues and singular values of W_hh of the lowest layer. */
export function spectrumOf({ layers }: Trace, lyapunov: number): Spectrum {
  const { elman, stateSize: n } = layers[0];
  const W_hh = new View(elman?.W_hh ?? new Float64Array(n * n), 0, n, n);
  const values = eigenvalues(W_hh);
  const singular = singularValues(W_hh);
  return {
    ...complexParts(values),
    singularValues: singular,
    radius: modulus(values[0]),
    norm: singular[0],
    gamma: elman?.slope ?? Number.NaN,
    lyapunov,
  };
}

type Complex = ReturnType<typeof eigenvalues>[number];

/** Real and imaginary parts as plain numbers. */
export function complexParts(values: readonly Complex[]): Pick<Spectrum, "eigenvaluesRe" | "eigenvaluesIm"> {
  return {
    eigenvaluesRe: Float64Array.from(values, ({ re }) => re),
    eigenvaluesIm: Float64Array.from(values, ({ im }) => im),
  };
}

const modulus = ({ re, im }: Complex): number => Math.sqrt(re * re + im * im);
