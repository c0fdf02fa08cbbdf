import { OptionError, ShapeError, ValueError } from "@unroll/kernels";
import { matrix } from "../matrix/matrix.ts";
import { spectralRadius } from "../spectra/eigenvalues.ts";
import { gaussian } from "./independent.ts";
import { finiteOption, type Initializer } from "./initializer.ts";

/**
 * (radius / ρ(W_0)) · W_0, where W_0 is what another initializer gives (standard normal unless said): a recurrent
 * matrix of spectral radius `radius`. `scaledToRadius({ radius: 0.95, of: sparse({ perUnit: 15, sd: 1 }) })`.
 *
 * H. Jaeger, "The echo state approach to analysing and training recurrent neural networks" (2001).
 * @throws OptionError unless the radius is finite and not negative; when used, ShapeError if the matrix is not square
 * and ValueError if W_0 has spectral radius 0
 */
export function scaledToRadius({ radius, of = gaussian({ sd: 1 }) }: ScaledToRadiusOptions): Initializer {
  finiteOption("scaledToRadius", "radius", radius, 0);
  if (typeof of !== "function") throw new OptionError("scaledToRadius", "of", of, "an initializer");
  return ({ data, offset, rows, columns, stride }, random) => {
    if (rows !== columns) throw new ShapeError("scaledToRadius", "the matrix", [rows, columns], ["n", "n"]);
    const first = matrix(rows, columns);
    of(first, random);
    const found = spectralRadius(first);
    if (found === 0 && rows > 0) {
      throw new ValueError("scaledToRadius", "the spectral radius to scale", found, "a positive number");
    }
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        data[offset + r * stride + c] = (radius / found) * first.data[r * columns + c];
      }
    }
  };
}

export interface ScaledToRadiusOptions {
  readonly radius: number;
  /** The initializer whose matrix is scaled; standard normal by default. */
  readonly of?: Initializer;
}
