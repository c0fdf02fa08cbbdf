import type { Kernels, View } from "@unroll/kernels";
import type { ElementwiseActivation } from "./activation.ts";

/** y = max(z, 0), σ′ = [y > 0], γ = 1. At the kink: 0. */
export const relu: ElementwiseActivation = {
  name: "relu",
  needsInput: false,
  slope: 1,
  value: (z: number): number => Math.max(z, 0),
  derivative: (_z: number, y: number): number => (y > 0 ? 1 : 0),
  forward(kernels: Kernels, Y: View, Z: View): void {
    kernels.relu(Y, Z);
  },
  backward(kernels: Kernels, dZ: View, _Z: View | undefined, Y: View, dY: View): void {
    kernels.reluBackward(dZ, Y, dY);
  },
};
