import { elementary64, type Kernels, type View } from "@unroll/kernels";
import type { ElementwiseActivation } from "./activation.ts";

/** The logistic function: y = 1/(1 + e^(-z)), σ′ = y(1 - y), γ = 1/4. */
export const sigmoid: ElementwiseActivation = {
  name: "sigmoid",
  needsInput: false,
  slope: 0.25,
  value: (z: number): number => elementary64.sigmoid(z),
  derivative: (_z: number, y: number): number => y * (1 - y),
  forward(kernels: Kernels, Y: View, Z: View): void {
    kernels.sigmoid(Y, Z);
  },
  backward(kernels: Kernels, dZ: View, _Z: View | undefined, Y: View, dY: View): void {
    kernels.sigmoidBackward(dZ, Y, dY);
  },
};
