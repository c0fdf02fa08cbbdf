import { expect, test } from "vitest";

test("the public door has these names", async () => {
  expect(Object.keys(await import("@unroll/gradient-flow")).sort()).toEqual([
    "GradientMonitor",
    "OmegaRegularizer",
    "ProductRoom",
    "Tracer",
    "boundLadder",
    "carriedGradients",
    "clippedTermSum",
    "clippingEffect",
    "counterexamples",
    "criticalGain",
    "decayOf",
    "diagnose",
    "gradientByLag",
    "gradientByStep",
    "lyapunovMeter",
    "lyapunovSpectrum",
    "meanField",
    "productNorms",
    "productRows",
    "saturation",
    "similarity",
    "singularSpectra",
    "singularSpectrum",
    "temporalContributions",
    "trace",
    "traceModel",
    "truncatedGradients",
    "truncationBias",
  ]);
});
