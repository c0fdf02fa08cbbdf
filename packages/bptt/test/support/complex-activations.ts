import * as activations from "@unroll/activations";
import {
  abs,
  add,
  type Complex,
  type ComplexLike,
  complex,
  divide,
  exp,
  expm1,
  log,
  log1p,
  maximum,
  minimum,
  multiply,
  negate,
  relu,
  sigmoid,
  subtract,
  tanh,
} from "@unroll/gradcheck";

/** σ of a row of complex pre-activations, written for the tests: it shares no code with the activation. */
export interface ComplexActivation {
  readonly activation: activations.Activation;
  row(z: readonly Complex[]): Complex[];
}

const each = (activation: activations.Activation, value: (z: Complex) => ComplexLike): ComplexActivation => ({
  activation,
  row: (z) => z.map((one) => add(value(one), 0)),
});

/** α (e^z - 1) below 0, z above. */
const eluOf = (z: Complex, alpha: number): Complex => (z.re > 0 ? z : multiply(alpha, expm1(z)));

/** Φ(z) for a small imaginary part: Φ(x) by its series, and Φ'(x) = e^(-x²/2)/√(2π) times the imaginary part. */
function normalDistribution({ re, im }: Complex): Complex {
  const density = Math.exp((-re * re) / 2) / Math.sqrt(2 * Math.PI);
  let term = re;
  let sum = re;
  for (let k = 3; Math.abs(term) > 1e-20; k += 2) sum += term *= (re * re) / k;
  return complex(0.5 + density * sum, density * im);
}

const softmaxOf = (z: readonly Complex[]): Complex[] => {
  const powers = z.map(exp);
  const sum = powers.reduce(add);
  return powers.map((power) => divide(power, sum));
};

/** Every activation of `@unroll/activations`. */
export const complexActivations: readonly ComplexActivation[] = [
  each(activations.identity, (z) => z),
  each(activations.tanh, tanh),
  each(activations.sigmoid, sigmoid),
  each(activations.relu, relu),
  each(activations.leakyRelu(0.2), (z) => (z.re > 0 ? z : multiply(0.2, z))),
  each(activations.elu(0.5), (z) => eluOf(z, 0.5)),
  each(activations.selu, (z) => multiply(1.0507009873554805, eluOf(z, 1.6732632423543772))),
  each(activations.softplus, (z) => add(relu(z), log1p(exp(negate(abs(z)))))),
  each(activations.softsign, (z) => divide(z, add(1, abs(z)))),
  each(activations.hardTanh, (z) => maximum(minimum(z, 1), -1)),
  each(activations.hardSigmoid, (z) => maximum(minimum(divide(add(z, 3), 6), 1), 0)),
  each(activations.silu, (z) => multiply(z, sigmoid(z))),
  each(activations.gelu, (z) => multiply(z, normalDistribution(z))),
  { activation: activations.softmax, row: softmaxOf },
  {
    activation: activations.logSoftmax,
    row: (z) => {
      const whole = log(z.map(exp).reduce(add));
      return z.map((one) => subtract(one, whole));
    },
  },
];

/** The one with that name. */
export function complexActivation(name: string): ComplexActivation {
  const found = complexActivations.find(({ activation }) => activation.name === name);
  if (!found) throw new Error(`no complex twin of ${name}`);
  return found;
}
