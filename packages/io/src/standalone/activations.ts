import type { ElementType } from "@unroll/kernels";

/** An activation as a text. */
export interface ActivationText {
  /** Elementary functions that it calls. */
  readonly needs: readonly string[];
  /** y = σ(z), an expression in z; or, for functions of rows, the body of a function that overwrites the row z. */
  readonly expression?: string;
  readonly row?: readonly string[];
}

const value = (expression: string, ...needs: string[]): ActivationText => ({ expression, needs });

/** What is computed in float64 and rounded when it is stored, whatever the model's type. */
const PLAIN: Readonly<Record<string, ActivationText>> = {
  identity: value("z"),
  relu: value("Math.max(z, 0)"),
  selu: value("z > 0 ? 1.0507009873554805 * z : 1.7580993408473768 * expm164(z)", "expm164"),
  softplus: value("Math.max(z, 0) + log1p64(exp64(-Math.abs(z)))", "log1p64", "exp64"),
  softsign: value("Math.abs(z) === Infinity ? Math.sign(z) : z / (1 + Math.abs(z))"),
  hardTanh: value("Math.min(Math.max(z, -1), 1)"),
  hardSigmoid: value("Math.min(Math.max(z + 3, 0), 6) / 6"),
  silu: value("z < -800 ? 0 : z * sigmoid64(z)", "sigmoid64"),
  gelu: value(
    "Math.abs(z) > 40 ? Math.max(z, 0) : z * (z < 0 ? normalDensity(z) * millsRatio(-z) : 1 - normalDensity(z) * millsRatio(z))",
    "normalDensity",
    "millsRatio",
  ),
  logSoftmax: {
    needs: ["exp64", "log64"],
    row: [
      "let sum = 0;",
      "let largest = z[0];",
      "for (const each of z) if (each > largest) largest = each;",
      "for (const each of z) sum += exp64(each - largest);",
      "const rest = log64(sum);",
      "for (let i = 0; i < z.length; i++) z[i] = z[i] - largest - rest;",
    ],
  },
};

/** The activation of that name for a model of that type, or undefined if there is no text of it. */
export function activationText(name: string, type: ElementType): ActivationText | undefined {
  if (name === "tanh" || name === "sigmoid") {
    const own = `${name}${type.slice(5)}`;
    return value(`${own}(z)`, own);
  }
  if (name === "softmax") return softmax(type);
  if (Object.hasOwn(PLAIN, name)) return PLAIN[name];
  const [, family, alpha] = /^(leakyRelu|elu)\(([\d.e+-]+)\)$/.exec(name) ?? [];
  if (family === "leakyRelu") return value(`z > 0 ? z : ${alpha} * z`);
  return family === "elu" ? value(`z > 0 ? z : ${alpha} * expm164(z)`, "expm164") : undefined;
}

function softmax(type: ElementType): ActivationText {
  const [exp, round, tiny] =
    type === "float32"
      ? ["exp32", (x: string) => `f(${x})`, 7.888609052210118e-31]
      : ["exp64", (x: string) => x, 1.0261342003245941e-289];
  return {
    needs: type === "float32" ? [exp, "f"] : [exp],
    row: [
      "let sum = 0;",
      "let largest = z[0];",
      "for (const each of z) if (each > largest) largest = each;",
      `for (let i = 0; i < z.length; i++) sum = ${round(`sum + (z[i] = ${exp}(${round("z[i] - largest")}))`)};`,
      "for (let i = 0; i < z.length; i++) z[i] /= sum;",
      `for (let i = 0; i < z.length; i++) if (z[i] < ${tiny}) z[i] = 0;`,
    ],
  };
}
