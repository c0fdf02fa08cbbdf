import type { Settings } from "../../settings.ts";
import { type Uses, usesTokens } from "./uses.ts";

/** The trace, and the last row of the map. */
export function measureLines(settings: Settings, uses: Uses): string[] {
  const { norm, input } = settings;
  uses.from("gradient-flow", "Tracer", norm === "loss" ? "carriedGradients" : "productNorms");
  if (norm === "frobenius") uses.from("kernels", "elementary64");
  const kinds = usesTokens(settings) ? ", tokens: true, tokenTargets: true" : "";
  const weights = input === "adding" ? ", weights: shown.weights" : "";
  const [logs, value] = {
    spectral: ["productNorms(trace).logSpectral", "logs[at(k)]"],
    frobenius: ["productNorms(trace).logFrobenius", "(logs[at(k)] - 0.5 * elementary64.log(n))"],
    loss: ["carriedGradients(trace)", "(logs[at(k)] - logs[at(T)])"],
  }[norm];
  if (norm === "loss") uses.from("losses", "countedWeight", "reductionScale");
  const objective =
    norm === "loss"
      ? [
          `const weight = countedWeight(shown.targets${input === "adding" ? ", shown.weights" : ""});`,
          'const scale = reductionScale("mean-over-steps", { batch: 1, weight });',
          `const objective = { loss, targets: shown.targets${weights}, scale };`,
        ]
      : [];
  const run = `parameters, inputs: shown.inputs, initialState: h_0${norm === "loss" ? ", objective" : ""}`;
  return [
    "",
    "const { cells, readout, parameters } = model;",
    `const tracer = new Tracer({ cells, readout, steps: T${kinds} });`,
    ...objective,
    `const trace = tracer.run({ ${run} });`,
    `const logs = ${logs};`,
    "const at = (k: number) => (T - 1) * T + k - 1;",
    "/** log10 of what of h_k is left at h_T. */",
    `for (let k = 1; k <= T; k++) console.log(k, ${value} * Math.LOG10E + 0);`,
  ];
}
