import { slice } from "@unroll/linalg";
import { describe, expect, it } from "vitest";
import { SYMBOLS, smallTextModel, textModelFile } from "../../../test/page/text-model.ts";
import { defaults } from "../controls.ts";
import { readTextModel } from "../files/read-text-model.ts";
import { computeMeasured } from "../frame/compute-frame.ts";
import { type Settings, settingsOf } from "../settings.ts";
import { unreadNote } from "./opened-model.ts";

const settings: Settings = {
  ...settingsOf(defaults),
  steps: 12,
  input: "text",
  text: "a whale",
  norm: "frobenius",
};
const frameOf = (changed: Partial<Settings> = {}, model = smallTextModel()) =>
  computeMeasured({ ...settings, ...changed }, () => 0, { model: readTextModel("sea", textModelFile(model)) })
    .frame;

/** ‖Φ(T,k)‖_F/√n for k = 1 … T of a model of one layer, by plain loops over numbers. */
function plainNorms(text: string): number[] {
  const model = smallTextModel();
  const part = (name: string): number[] => {
    const { data, offset, size } = slice(model.parameters, model.layout, `0.${name}`);
    return Array.from(data.subarray(offset, offset + size));
  };
  const [W_xh, W_hh, b_h] = ["W_xh", "W_hh", "b_h"].map(part);
  const [n, m] = [b_h.length, SYMBOLS.length];
  const units = Array.from({ length: n }, (_, i) => i);
  let h = units.map(() => 0);
  const jacobians = Array.from(text, (symbol) => {
    const x = SYMBOLS.indexOf(symbol);
    h = units.map((i) =>
      Math.tanh(b_h[i] + W_xh[i * m + x] + units.reduce((sum, j) => sum + W_hh[i * n + j] * h[j], 0)),
    );
    return units.map((i) => units.map((j) => (1 - h[i] * h[i]) * W_hh[i * n + j]));
  });
  let product = units.map((i) => units.map((j) => Number(i === j)));
  const norms: number[] = [];
  for (const J of jacobians.reverse()) {
    norms.unshift(Math.sqrt(product.flat().reduce((sum, x) => sum + x * x, 0) / n));
    product = product.map((row) => units.map((j) => units.reduce((sum, i) => sum + row[i] * J[i][j], 0)));
  }
  return norms;
}

describe("an opened model", () => {
  it("is measured in float64 on its own text, whose characters stand on the axes", () => {
    const frame = frameOf();
    expect(frame.labels.join("")).toBe("a whale a wh");
    expect(frame.chain.target.join("")).toBe(" whale a wha");
    expect([frame.steps, frame.hidden]).toEqual([12, 6]);
    const row = frame.maps.measured.subarray(11 * 12);
    const expected = plainNorms("a whale a wh").map(Math.log10);
    for (const [k, value] of expected.entries()) expect(row[k]).toBeCloseTo(value, 12);
  });

  it("leaves out characters that it does not know, and says so; folds what was folded", () => {
    const opened = readTextModel("sea", textModelFile());
    expect(frameOf({ text: "whâle 鯨!" }).labels.join("")).toBe("whale  whale");
    expect(unreadNote(opened, { ...settings, text: "“whâle”" })).toEqual(['sea does not know "; left out.']);
    const plain = readTextModel("sea", textModelFile(undefined, SYMBOLS, "false"));
    expect(unreadNote(plain, { ...settings, text: "whâle!" })).toEqual(["sea does not know â!; left out."]);
    expect(unreadNote(plain, settings)).toEqual([]);
    expect(frameOf({ text: "鯨" }).labels.join("")).toHaveLength(12);
  });

  it("of two layers has maps of both, and no textbook bound", () => {
    const frame = frameOf({}, smallTextModel([4, 3]));
    expect(frame.hidden).toBe(7);
    expect(frame.maps.measured[11 * 12]).toBeLessThan(0);
    expect(frame.maps.bound[11 * 12]).toBeNaN();
  });

  it("can be trained on, in the lab's way", () => {
    const { loss } = frameOf({ trained: 30, optimizer: "adam" }).chain;
    const mean = (values: Float64Array): number => values.reduce((a, b) => a + b) / values.length;
    expect(mean(loss)).toBeLessThan(0.8 * mean(frameOf().chain.loss));
  });
});
