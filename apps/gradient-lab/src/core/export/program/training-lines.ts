import type { Settings } from "../../settings.ts";
import { truncationOf } from "../../training/training-options.ts";
import { type Uses, usesTokens } from "./uses.ts";

/** h_0, and the updates. */
export function trainingLines(settings: Settings, uses: Uses): string[] {
  const { trained, optimizer, rate, clip, threshold, init, start, norm } = settings;
  const first = init === "x2" ? "[0, 0.5]" : `new Array(n).fill(${start})`;
  const zero = init !== "x2" && start === 0;
  const h_0 = `const h_0 = Float64Array.from(${first});`;
  const loss = usesTokens(settings) ? "softmaxCrossEntropy" : "meanSquaredError";
  const needed = trained > 0 || norm === "loss";
  if (needed) uses.from("losses", loss);
  const lines = ["", h_0, ...(needed ? [`const loss = ${loss}();`] : [])];
  if (trained === 0) return lines;
  uses.from("optim", optimizer);
  uses.from("train", "TrainingStep");
  const truncation = truncationOf(settings);
  const options = [
    "loss",
    `optimizer: ${optimizer}({ learningRate: ${rate}${optimizer === "momentum" ? ", momentum: 0.9" : ""} })`,
    ...(truncation ? [`truncation: { k1: ${truncation.k1}, k2: ${truncation.k2} }`] : []),
    ...(clip === "off" ? [] : [`${clip === "norm" ? "clip" : "clipValue"}: ${threshold}`]),
  ];
  if (!zero) uses.from("kernels", "View");
  return [
    ...lines,
    `const step = new TrainingStep(model, { ${options.join(", ")} }, { steps: T, batch: 8 });`,
    `for (let u = 0; u < ${trained}; u++) {`,
    ...(zero
      ? []
      : [
          "  const states = Float64Array.from({ length: 8 * n }, (_, i) => h_0[i % n]);",
          "  model.restoreStates([new View(states, 0, 8, n)]);",
        ]),
    `  step.run({ ...sequences(8, stream(4, u)), carry: ${!zero} });`,
    "}",
  ];
}
