import {
  type Activation,
  type ElementwiseActivation,
  elu,
  gelu,
  hardSigmoid,
  hardTanh,
  identity,
  leakyRelu,
  logSoftmax,
  relu,
  selu,
  sigmoid,
  silu,
  softmax,
  softplus,
  softsign,
  tanh,
} from "@unroll/activations";
import {
  type ElementType,
  type FloatArray,
  type Kernels,
  portableFloat32,
  portableFloat64,
  View,
} from "@unroll/kernels";

export const elementwiseActivations: readonly ElementwiseActivation[] = [
  identity,
  tanh,
  sigmoid,
  relu,
  leakyRelu(),
  leakyRelu(0.3),
  elu(),
  elu(0.5),
  selu,
  softplus,
  softsign,
  hardTanh,
  hardSigmoid,
  silu,
  gelu,
];

export const rowActivations: readonly Activation[] = [softmax, logSoftmax];

export const activations: readonly Activation[] = [...elementwiseActivations, ...rowActivations];

export const arithmetics: readonly Kernels[] = [portableFloat32, portableFloat64];

export function zeros(type: ElementType, size: number): FloatArray {
  return type === "float32" ? new Float32Array(size) : new Float64Array(size);
}

/** A matrix of its own, with these elements. */
export function matrix(type: ElementType, rows: number, columns: number, values: ArrayLike<number>): View {
  const view = new View(zeros(type, rows * columns), 0, rows, columns);
  view.data.set(values);
  return view;
}

/** σ(z) for the elements of one row. */
export function forwardRow(activation: Activation, kernels: Kernels, z: readonly number[]): number[] {
  const Z = matrix(kernels.type, 1, z.length, z);
  const Y = matrix(
    kernels.type,
    1,
    z.length,
    z.map(() => Number.NaN),
  );
  activation.forward(kernels, Y, Z);
  return Array.from(Y.data);
}

/** (∂y/∂z)ᵀ dy for the elements of one row. */
export function backwardRow(
  activation: Activation,
  kernels: Kernels,
  z: readonly number[],
  dy: readonly number[],
): number[] {
  const Z = matrix(kernels.type, 1, z.length, z);
  const Y = matrix(kernels.type, 1, z.length, z);
  activation.forward(kernels, Y, Y);
  const dZ = matrix(
    kernels.type,
    1,
    z.length,
    z.map(() => Number.NaN),
  );
  activation.backward(
    kernels,
    dZ,
    activation.needsInput ? Z : undefined,
    Y,
    matrix(kernels.type, 1, z.length, dy),
  );
  return Array.from(dZ.data);
}

/** Numbers in (-1, 1), the same on every run. */
export function pseudoRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}
