import { asComplex, Complex } from "./complex.ts";

/** The plain textbook formulas in complex numbers, for moderate arguments: no thought of overflow or rounding. */
export const formulas: Readonly<Record<string, (z: Complex) => Complex>> = {
  identity: (z) => z,
  tanh: (z) =>
    z
      .exp()
      .minus(negative(z).exp())
      .over(z.exp().plus(negative(z).exp())),
  sigmoid: logistic,
  relu: (z) => (z.re > 0 ? z : zero),
  "leakyRelu(0.01)": (z) => (z.re > 0 ? z : z.times(0.01)),
  "leakyRelu(0.3)": (z) => (z.re > 0 ? z : z.times(0.3)),
  "elu(1)": (z) => (z.re > 0 ? z : z.exp().minus(1)),
  "elu(0.5)": (z) => (z.re > 0 ? z : z.exp().minus(1).times(0.5)),
  selu: (z) => (z.re > 0 ? z : z.exp().minus(1).times(1.6732632423543772)).times(1.0507009873554805),
  softplus: (z) => z.exp().plus(1).log(),
  softsign: (z) => z.over(z.times(Math.sign(z.re)).plus(1)),
  hardTanh: (z) => (Math.abs(z.re) < 1 ? z : new Complex(Math.sign(z.re))),
  hardSigmoid: (z) => (Math.abs(z.re) < 3 ? z.plus(3).over(6) : new Complex(z.re > 0 ? 1 : 0)),
  silu: (z) => z.times(logistic(z)),
  gelu: (z) => z.times(normalDistribution(z)),
};

/** Rows of functions of rows. */
export const rowFormulas: Readonly<Record<string, (z: readonly Complex[]) => Complex[]>> = {
  softmax: (z) => z.map((each) => each.exp().over(total(z))),
  logSoftmax: (z) => z.map((each) => each.minus(total(z).log())),
};

const zero = new Complex(0);

function negative(z: Complex): Complex {
  return z.times(-1);
}

function logistic(z: Complex): Complex {
  return asComplex(1).over(negative(z).exp().plus(1));
}

function total(z: readonly Complex[]): Complex {
  return z.reduce((sum, each) => sum.plus(each.exp()), zero);
}

/** Φ by its Taylor series at 0: ½ + Σ (-1)^k z^(2k+1)/(2^k k! (2k+1))/√(2π). */
function normalDistribution(z: Complex): Complex {
  let sum = zero;
  let power = z;
  for (let k = 0; k < 120; k++) {
    sum = sum.plus(power.over(2 * k + 1));
    power = power
      .times(z)
      .times(z)
      .over(-2 * (k + 1));
  }
  return sum.over(Math.sqrt(2 * Math.PI)).plus(0.5);
}
