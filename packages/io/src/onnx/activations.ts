import {
  type ElementwiseActivation,
  elementwise,
  elu,
  hardSigmoid,
  hardTanh,
  identity,
  leakyRelu,
  relu,
  sigmoid,
  softplus,
  softsign,
  tanh,
} from "@unroll/activations";
import { elementary64 } from "@unroll/kernels";

/** How ONNX names the activation of an RNN node: α, β and clip are there if they mean something. */
export interface OnnxActivation {
  readonly name: string;
  readonly alpha?: number | undefined;
  readonly beta?: number | undefined;
  /** The argument is limited to [−clip, clip] first. */
  readonly clip?: number | undefined;
}

/** The default α and β of ONNX, for those that have one; NaN where the attribute must be there. */
const PARAMETERS: Readonly<Record<string, readonly number[]>> = {
  Relu: [],
  Tanh: [],
  Sigmoid: [],
  Softsign: [],
  Softplus: [],
  LeakyRelu: [0.01],
  Elu: [1],
  ThresholdedRelu: [1],
  HardSigmoid: [0.2, 0.5],
  Affine: [Number.NaN, Number.NaN],
  ScaledTanh: [Number.NaN, Number.NaN],
};

/** ONNX's activations that have a plain name here. */
const PLAIN: Readonly<Record<string, ElementwiseActivation>> = {
  Relu: relu,
  Tanh: tanh,
  Sigmoid: sigmoid,
  Softsign: softsign,
  Softplus: softplus,
};

/** An activation of an RNN node as one of ours, or undefined if there is none. */
export function fromOnnx({ name, alpha, beta, clip }: OnnxActivation): ElementwiseActivation | undefined {
  if (!Object.hasOwn(PARAMETERS, name)) return undefined;
  const [a = 0, b = 0] = PARAMETERS[name].map((usual, i) => shortest((i === 0 ? alpha : beta) ?? usual));
  if (!Number.isFinite(a) || !Number.isFinite(b)) return undefined;
  const base = PLAIN[name] ?? withParameters(name, a, b);
  if (base === undefined || clip === undefined) return base;
  return base === identity && clip === 1 ? hardTanh : clipped(base, shortest(clip));
}

function withParameters(name: string, a: number, b: number): ElementwiseActivation | undefined {
  if (name === "LeakyRelu") return a >= 0 ? leakyRelu(a) : undefined;
  if (name === "Elu") return a >= 0 ? elu(a) : undefined;
  if (name === "Affine") return a === 1 && b === 0 ? identity : affine(a, b);
  if (name === "HardSigmoid")
    return Math.fround(a) === Math.fround(1 / 6) && b === 0.5 ? hardSigmoid : hardSigmoidOf(a, b);
  return name === "ScaledTanh" ? scaledTanh(a, b) : thresholdedRelu(a);
}

/** The shortest decimal fraction that is this float32, as it was likely written: 0.2 and not 0.20000000298023224. */
function shortest(value: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === Math.fround(value)) return rounded;
  }
  return value;
}

/** y = a z + b. */
function affine(a: number, b: number): ElementwiseActivation {
  return elementwise({
    name: `Affine(${a},${b})`,
    value: (z) => a * z + b,
    derivative: () => a,
    needsInput: false,
    slope: Math.abs(a),
  });
}

/** y = a tanh(b z), σ′ = a b (1 − tanh²(b z)). */
function scaledTanh(a: number, b: number): ElementwiseActivation {
  return elementwise({
    name: `ScaledTanh(${a},${b})`,
    value: (z) => a * elementary64.tanh(b * z),
    derivative(z) {
      const t = elementary64.tanh(b * z);
      return a * b * (1 - t * t);
    },
    slope: Math.abs(a * b),
  });
}

/** y = z for z > a, else 0. */
function thresholdedRelu(a: number): ElementwiseActivation {
  return elementwise({
    name: `ThresholdedRelu(${a})`,
    value: (z) => (z > a ? z : 0),
    derivative: (z) => (z > a ? 1 : 0),
    slope: 1,
  });
}

/** y = a z + b limited to [0, 1], σ′ = a inside. */
function hardSigmoidOf(a: number, b: number): ElementwiseActivation {
  return elementwise({
    name: `HardSigmoid(${a},${b})`,
    value: (z) => Math.max(0, Math.min(1, a * z + b)),
    derivative: (_z, y) => (y > 0 && y < 1 ? a : 0),
    needsInput: false,
    slope: Math.abs(a),
  });
}

/** y = σ(z limited to [−c, c]), σ′ = 0 outside. */
function clipped(base: ElementwiseActivation, c: number): ElementwiseActivation {
  const limited = (z: number): number => Math.max(-c, Math.min(c, z));
  return elementwise({
    name: `${base.name} clip ${c}`,
    value: (z) => base.value(limited(z)),
    derivative: (z, y) => (Math.abs(z) <= c ? base.derivative(z, y) : 0),
    slope: base.slope,
  });
}

const NAMES: Readonly<Record<string, OnnxActivation>> = {
  tanh: { name: "Tanh" },
  relu: { name: "Relu" },
  sigmoid: { name: "Sigmoid" },
  softsign: { name: "Softsign" },
  softplus: { name: "Softplus" },
  identity: { name: "Affine", alpha: 1, beta: 0 },
  hardTanh: { name: "Affine", alpha: 1, beta: 0, clip: 1 },
  hardSigmoid: { name: "HardSigmoid", alpha: 1 / 6, beta: 0.5 },
};

const FAMILY = /^(leakyRelu|elu|Affine|ScaledTanh|ThresholdedRelu|HardSigmoid)\(([^,)]+)(?:,([^)]+))?\)$/;

/** What ONNX calls an activation of that name, or undefined if an RNN node has none like it. */
export function toOnnx(activation: string): OnnxActivation | undefined {
  const [name, clip] = activation.split(" clip ");
  const limit = clip === undefined ? {} : { clip: Number(clip) };
  if (Object.hasOwn(NAMES, name)) return { ...NAMES[name], ...limit };
  const [, family, alpha, beta] = FAMILY.exec(name) ?? [];
  if (family === undefined) return undefined;
  const onnx = { leakyRelu: "LeakyRelu", elu: "Elu" }[family] ?? family;
  return { name: onnx, alpha: Number(alpha), ...(beta && { beta: Number(beta) }), ...limit };
}
