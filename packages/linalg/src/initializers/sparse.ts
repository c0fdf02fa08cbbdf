import { OptionError } from "@unroll/kernels";
import { finiteOption, type Initializer } from "./initializer.ts";

export interface SparseOptions {
  /** Connections of a unit, other than 0. */
  readonly perUnit: number;
  /** Standard deviation of their weights. */
  readonly sd: number;
  /** Which ones are counted: those a unit hears (rows of W; the default) or those it speaks to (columns). */
  readonly connections?: "incoming" | "outgoing";
}

/**
 * In each row of W (or column, for outgoing connections) `perUnit` elements, at places drawn without repetition, are
 * normal with mean 0 and the given sd; all others are 0.
 *
 * Martens, "Deep learning via Hessian-free optimization" (2010): 15 incoming connections. Pascanu, Mikolov, Bengio,
 * "On the difficulty of training recurrent neural networks" (2013), call it "smart" with spectral radius 0.95: wrap
 * it in `scaledToRadius`; their text says incoming, their program takes outgoing.
 * @throws OptionError unless sd is finite and not negative and perUnit an integer from 0 to the units at the far end
 */
export function sparse({ perUnit, sd, connections = "incoming" }: SparseOptions): Initializer {
  finiteOption("sparse", "sd", sd, 0);
  if (!Number.isSafeInteger(perUnit) || perUnit < 0) {
    throw new OptionError("sparse", "perUnit", perUnit, "an integer, 0 or more");
  }
  if (connections !== "incoming" && connections !== "outgoing") {
    throw new OptionError("sparse", "connections", connections, '"incoming" or "outgoing"');
  }
  return ({ data, offset, rows, columns, stride }, random) => {
    const byRow = connections === "incoming";
    const units = byRow ? rows : columns;
    const others = byRow ? columns : rows;
    if (perUnit > others)
      throw new OptionError("sparse", "perUnit", perUnit, `at most ${others} (${rows}×${columns})`);
    for (let r = 0; r < rows; r++) data.fill(0, offset + r * stride, offset + r * stride + columns);
    const places = Int32Array.from({ length: others }, (_, place) => place);
    for (let unit = 0; unit < units; unit++) {
      for (let n = 0; n < perUnit; n++) {
        const drawn = random.randint(n, others);
        const place = places[drawn];
        places[drawn] = places[n];
        places[n] = place;
        const [r, c] = byRow ? [unit, place] : [place, unit];
        data[offset + r * stride + c] = random.normal(0, sd);
      }
    }
  };
}
