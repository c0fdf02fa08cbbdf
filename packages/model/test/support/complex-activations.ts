import * as activations from "@unroll/activations";
import * as c from "@unroll/gradcheck";

/** σ of a row of complex numbers, written for the tests: it shares no code with the activation. */
export interface ComplexActivation {
  readonly activation: activations.Activation;
  row(z: readonly c.Complex[]): c.Complex[];
}

const each = (
  activation: activations.Activation,
  value: (z: c.Complex) => c.ComplexLike,
): ComplexActivation => ({ activation, row: (z) => z.map((one) => c.add(value(one), 0)) });

/** α (e^z - 1) below 0, z above. */
const eluOf = (z: c.Complex, alpha: number): c.Complex => (z.re > 0 ? z : c.multiply(alpha, c.expm1(z)));

/** Φ(z) = 1/2 + e^(-z²/2)/√(2π) · (z + z³/3 + z⁵/15 + …): no term cancels another. */
function normalDistribution(z: c.Complex): c.Complex {
  const square = c.multiply(z, z);
  let term = z;
  let sum = z;
  for (let k = 3; Math.abs(term.re) > 1e-20; k += 2) {
    term = c.divide(c.multiply(term, square), k);
    sum = c.add(sum, term);
  }
  const density = c.divide(c.exp(c.divide(square, -2)), Math.sqrt(2 * Math.PI));
  return c.add(0.5, c.multiply(density, sum));
}

function softmaxOf(z: readonly c.Complex[]): c.Complex[] {
  const powers = z.map(c.exp);
  const sum = powers.reduce(c.add);
  return powers.map((power) => c.divide(power, sum));
}

/** Every activation of `@unroll/activations`. */
export const complexActivations: readonly ComplexActivation[] = [
  each(activations.identity, (z) => z),
  each(activations.tanh, c.tanh),
  each(activations.sigmoid, c.sigmoid),
  each(activations.relu, c.relu),
  each(activations.leakyRelu(0.2), (z) => (z.re > 0 ? z : c.multiply(0.2, z))),
  each(activations.elu(0.5), (z) => eluOf(z, 0.5)),
  each(activations.selu, (z) => c.multiply(1.0507009873554805, eluOf(z, 1.6732632423543772))),
  each(activations.softplus, (z) => c.add(c.relu(z), c.log1p(c.exp(c.negate(c.abs(z)))))),
  each(activations.softsign, (z) => c.divide(z, c.add(1, c.abs(z)))),
  each(activations.hardTanh, (z) => c.maximum(c.minimum(z, 1), -1)),
  each(activations.hardSigmoid, (z) => c.maximum(c.minimum(c.divide(c.add(z, 3), 6), 1), 0)),
  each(activations.silu, (z) => c.multiply(z, c.sigmoid(z))),
  each(activations.gelu, (z) => c.multiply(z, normalDistribution(z))),
  { activation: activations.softmax, row: softmaxOf },
  {
    activation: activations.logSoftmax,
    row(z) {
      const whole = c.log(z.map(c.exp).reduce(c.add));
      return z.map((one) => c.subtract(one, whole));
    },
  },
];

export function complexActivation(name: string): ComplexActivation {
  const found = complexActivations.find(({ activation }) => activation.name === name);
  if (!found) throw new Error(`no complex twin of ${name}`);
  return found;
}
