import { expect, test } from "vitest";
import { networkName } from "../training/settings.ts";
import { PRESET, parseSettings } from "./settings.ts";

const settings = { ...PRESET, seed: 1 };

test("settings survive JSON", () => {
  for (const each of [settings, { ...settings, truncate: { k1: 2, k2: 5 }, seed: 2 ** 32 - 1 }])
    expect(parseSettings(JSON.parse(JSON.stringify(each)))).toEqual(each);
});

test.each([
  null,
  undefined,
  7,
  {},
  { ...settings, hidden: 0 },
  { ...settings, layers: 1.5 },
  { ...settings, batch: "16" },
  { ...settings, lr: -1 },
  { ...settings, clip: null },
  { ...settings, seed: 2 ** 32 },
  { ...settings, seeds: 0 },
  { ...settings, seed: 2 ** 32 - 1, seeds: 2 },
  { ...settings, truncate: { k1: 2 } },
])("%j are no settings", (value) => {
  expect(parseSettings(value)).toBeUndefined();
});

test("networks have names", () => {
  expect(networkName({ ...settings, hidden: 64 })).toBe("elman 64");
  expect(networkName({ ...settings, hidden: 64, layers: 2 })).toBe("elman 2×64");
});
