import * as c from "@unroll/gradcheck";
import * as losses from "@unroll/losses";

/** ℓ(o, y) of one row of outputs, y a token or a row of numbers: it shares no code with the loss. */
export interface ComplexLoss {
  readonly loss: losses.Loss;
  row(outputs: readonly c.Complex[], target: number | readonly number[]): c.Complex;
}

const pointwise = (
  loss: losses.Loss,
  features: "sum" | "mean",
  value: (o: c.Complex, y: number) => c.ComplexLike,
): ComplexLoss => ({
  loss,
  row(outputs, target) {
    const values = outputs.map((o, j) => value(o, (target as readonly number[])[j]));
    const sum = values.reduce<c.Complex>(c.add, c.complex(0));
    return features === "sum" ? sum : c.divide(sum, outputs.length);
  },
});

/** -y log s - (1 - y) log(1 - s) with s = 1/(1 + e^(-o)). */
const binary = (o: c.Complex, y: number): c.Complex =>
  c.negate(c.add(c.multiply(y, c.log(c.sigmoid(o))), c.multiply(1 - y, c.log(c.sigmoid(c.negate(o))))));

const square = (o: c.Complex, y: number): c.Complex => c.multiply(c.subtract(o, y), c.subtract(o, y));

const DELTA = 0.6;
function bent(o: c.Complex, y: number): c.Complex {
  const size = c.abs(c.subtract(o, y));
  return size.re <= DELTA
    ? c.multiply(0.5, c.multiply(size, size))
    : c.multiply(DELTA, c.subtract(size, DELTA / 2));
}

const distance = (o: c.Complex, y: number): c.Complex => c.abs(c.subtract(o, y));

/** Every loss of `@unroll/losses`, with both ways to join columns. */
export const complexLosses: readonly ComplexLoss[] = [
  {
    loss: losses.softmaxCrossEntropy(),
    row(outputs, target) {
      const whole = c.log(outputs.map(c.exp).reduce(c.add));
      return c.subtract(whole, outputs[target as number]);
    },
  },
  pointwise(losses.sigmoidCrossEntropy(), "sum", binary),
  pointwise(losses.sigmoidCrossEntropy({ features: "mean" }), "mean", binary),
  pointwise(losses.meanSquaredError(), "mean", square),
  pointwise(losses.meanSquaredError({ features: "sum" }), "sum", square),
  pointwise(losses.meanAbsoluteError(), "mean", distance),
  pointwise(losses.meanAbsoluteError({ features: "sum" }), "sum", distance),
  pointwise(losses.huber({ delta: DELTA }), "mean", bent),
  pointwise(losses.huber({ delta: DELTA, features: "sum" }), "sum", bent),
];

export function complexLoss(name: string): ComplexLoss {
  const found = complexLosses.find(({ loss }) => loss.name === name);
  if (!found) throw new Error(`no complex twin of ${name}`);
  return found;
}
