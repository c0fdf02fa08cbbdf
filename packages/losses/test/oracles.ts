import { Complex } from "./complex.ts";

/** ℓ of one row by the plain textbook formulas in complex numbers, for moderate outputs. */
export type RowFormula = (o: readonly Complex[], target: number | readonly number[]) => Complex;

const zero = new Complex(0);

const softmaxFormula: RowFormula = (o, target) => {
  const sum = o.reduce((total, each) => total.plus(each.exp()), zero);
  return sum.log().minus(o[target as number]);
};

/** (1 - ε) times the loss for y, and ε times its mean over all classes. */
const smoothedFormula: RowFormula = (o, target) => {
  const mean = o.reduce((total, _, j) => total.plus(softmaxFormula(o, j)), zero).times(1 / o.length);
  return softmaxFormula(o, target).times(0.9).plus(mean.times(0.1));
};

/** Σ_j of a formula for single numbers, over p if `features` is "mean". */
function pointwise(formula: (o: Complex, y: number) => Complex, features: "sum" | "mean"): RowFormula {
  return (o, target) => {
    const sum = o.reduce(
      (total, each, j) => total.plus(formula(each, (target as readonly number[])[j])),
      zero,
    );
    return sum.times(features === "mean" ? 1 / o.length : 1);
  };
}

/** -y log s - (1 - y) log(1 - s), s = 1/(1 + e^(-o)): log s = -log(1 + e^(-o)), log(1 - s) = -log(1 + e^o). */
function binary(o: Complex, y: number): Complex {
  const logS = o.times(-1).exp().plus(1).log();
  return logS.times(y).plus(
    o
      .exp()
      .plus(1)
      .log()
      .times(1 - y),
  );
}

function squared(o: Complex, y: number): Complex {
  return o.minus(y).times(o.minus(y));
}

function absolute(o: Complex, y: number): Complex {
  return o.minus(y).times(o.re < y ? -1 : 1);
}

function huber(o: Complex, y: number): Complex {
  const delta = 0.6;
  return Math.abs(o.re - y) <= delta
    ? squared(o, y).times(0.5)
    : absolute(o, y)
        .minus(delta / 2)
        .times(delta);
}

export const formulas: Readonly<Record<string, RowFormula>> = {
  softmaxCrossEntropy: softmaxFormula,
  "softmaxCrossEntropy 0.1": smoothedFormula,
  ...Object.fromEntries(
    (["sum", "mean"] as const).flatMap((features) => [
      [`sigmoidCrossEntropy ${features}`, pointwise(binary, features)],
      [`meanSquaredError ${features}`, pointwise(squared, features)],
      [`meanAbsoluteError ${features}`, pointwise(absolute, features)],
      [`huber ${features}`, pointwise(huber, features)],
    ]),
  ),
};
