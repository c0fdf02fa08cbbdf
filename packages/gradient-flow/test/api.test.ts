import { expect, test } from "vitest";

test("the public door has these names", async () => {
  expect(Object.keys(await import("@unroll/gradient-flow")).sort()).toEqual([
    "ProductRoom",
    "Tracer",
    "boundLadder",
    "carriedGradients",
    "clippedTermSum",
    "clippingEffect",
    "gradientByLag",
    "gradientByStep",
    "lyapunovMeter",
    "lyapunovSpectrum",
    "productNorms",
    "productRows",
    "saturation",
    "similarity",
    "temporalContributions",
    "trace",
    "traceModel",
    "truncatedGradients",
    "truncationBias",
  ]);
});
