import { elementary64, type Kernels, type View } from "@unroll/kernels";
import type { ElementwiseActivation } from "./activation.ts";

/** y = tanh z, σ′ = 1 - y², γ = 1. */
export const tanh: ElementwiseActivation = {
  name: "tanh",
  needsInput: false,
  slope: 1,
  value: (z: number): number => elementary64.tanh(z),
  derivative: (_z: number, y: number): number => 1 - y * y,
  forward(kernels: Kernels, Y: View, Z: View): void {
    kernels.tanh(Y, Z);
  },
  backward(kernels: Kernels, dZ: View, _Z: View | undefined, Y: View, dY: View): void {
    kernels.tanhBackward(dZ, Y, dY);
  },
};
