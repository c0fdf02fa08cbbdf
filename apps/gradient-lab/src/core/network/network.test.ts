import { frobeniusNorm, slice, spectralNorm, spectralRadius, toRows } from "@unroll/linalg";
import { describe, expect, it } from "vitest";
import { controls, defaults } from "../controls.ts";
import type { Settings } from "../settings.ts";
import { drawNetwork, shownSequence, startFrom } from "./network.ts";

const small: Settings = { ...defaults, hidden: 6, steps: 8 };
const recurrent = (settings: Settings) => {
  const { model } = drawNetwork(settings);
  return slice(model.parameters, model.layout, "0.W_hh");
};

describe("drawNetwork", () => {
  it("draws the same recurrent weights whatever the network reads, and as often as asked", () => {
    const rows = toRows(recurrent(small));
    for (const { value } of controls.input.choices)
      expect(toRows(recurrent({ ...small, input: value }))).toEqual(rows);
    expect(toRows(recurrent({ ...small, seed: 8 }))).not.toEqual(rows);
  });

  it("gives each init its matrix, times the gain", () => {
    const of = (init: Settings["init"], gain = 0.5) => recurrent({ ...defaults, hidden: 100, init, gain });
    expect(spectralNorm(of("orthogonal"))).toBeCloseTo(0.5, 12);
    expect(
      toRows(of("identity"))
        .flat()
        .filter((x) => x !== 0),
    ).toEqual(Array(100).fill(0.5));
    for (const init of ["gaussian", "xavier", "sparse"] as const)
      expect(frobeniusNorm(of(init)) / 5).toBeCloseTo(1, 1);
    expect(toRows(of("sparse")).every((row) => row.filter((x) => x !== 0).length === 15)).toBe(true);
  });

  it("knows the matrices of the counterexamples", () => {
    const named = { ...defaults, hidden: 2, gain: 1, noise: 0 };
    for (const init of ["x1", "x2"] as const) expect(spectralRadius(recurrent({ ...named, init }))).toBe(0);
    expect(spectralNorm(recurrent({ ...named, init: "x1" }))).toBeCloseTo(6, 14);
    expect(spectralNorm(recurrent({ ...named, init: "x2" }))).toBeCloseTo(16, 14);
    expect(toRows(recurrent({ ...named, init: "x4" }))).toEqual([
      [0.5, 10],
      [0, 0.5],
    ]);
  });

  it("starts X2 at its fixed point (0, ½)", () => {
    const network = drawNetwork({ ...defaults, hidden: 2, gain: 1, noise: 0, init: "x2", steps: 4 });
    startFrom(network, 1);
    const batch = shownSequence({ ...defaults, steps: 4 }, network.task);
    network.model.gradient({ ...batch, carry: true }, { loss: network.task.loss });
    const states = network.model.unrolled.outputs;
    for (let t = 0; t < 4; t++) {
      expect(states.data[states.offset + 2 * t]).toBeCloseTo(0, 9);
      expect(states.data[states.offset + 2 * t + 1]).toBeCloseTo(0.5, 9);
    }
  });
});
