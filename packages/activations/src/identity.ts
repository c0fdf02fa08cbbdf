import type { Kernels, View } from "@unroll/kernels";
import type { ElementwiseActivation } from "./activation.ts";

/** y = z, σ′ = 1, γ = 1. */
export const identity: ElementwiseActivation = {
  name: "identity",
  needsInput: false,
  slope: 1,
  value: (z: number): number => z,
  derivative: (): number => 1,
  forward(kernels: Kernels, Y: View, Z: View): void {
    kernels.copy(Y, Z);
  },
  backward(kernels: Kernels, dZ: View, _Z: View | undefined, Y: View, dY: View): void {
    kernels.identityBackward(dZ, Y, dY);
  },
};
