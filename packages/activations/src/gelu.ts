import type { ElementwiseActivation } from "./activation.ts";
import { elementwise } from "./elementwise.ts";
import { millsRatio, normalDensity } from "./normal.ts";

/**
 * y = z Φ(z), where Φ(z) = (1 + erf(z/√2))/2: the exact form, not that with tanh (PyTorch's default too).
 * σ′ = Φ(z) + z φ(z), φ(z) = e^(-z²/2)/√(2π). γ = 1.1289…, at z = √2. Not monotonic, so σ′ needs z.
 * Hendrycks, Gimpel 2016, arXiv:1606.08415.
 */
export const gelu: ElementwiseActivation = /* @__PURE__ */ elementwise({
  name: "gelu",
  value(z) {
    if (Math.abs(z) > 40) return Math.max(z, 0);
    const tail = normalDensity(z) * millsRatio(Math.abs(z)); // Φ(-|z|)
    return z * (z < 0 ? tail : 1 - tail);
  },
  derivative(z) {
    if (Math.abs(z) > 40) return z > 0 ? 1 : 0;
    const density = normalDensity(z);
    const ratio = millsRatio(Math.abs(z));
    return z < 0 ? density * (ratio + z) : 1 - density * (ratio - z);
  },
  slope: 1.1289041451851547,
});
