import { softplus } from "@unroll/activations";
import { readSafetensors, writeModel, writeSafetensors } from "@unroll/io";
import { UnrollError } from "@unroll/kernels";
import { sequenceModel } from "@unroll/model";
import { elman } from "@unroll/rnn-cell";
import { describe, expect, it } from "vitest";
import { SYMBOLS, smallTextModel, textModelFile } from "../../../test/page/text-model.ts";
import { defaults } from "../controls.ts";
import { simply } from "../training/training-options.ts";
import { labFile } from "./lab-file.ts";
import { openFile } from "./open-file.ts";

const changed = (change: (file: ReturnType<typeof readSafetensors>) => void): Uint8Array => {
  const file = readSafetensors(textModelFile());
  change(file);
  return writeSafetensors(file.tensors, file.metadata);
};
const like = (activation = softplus, outputs = SYMBOLS.length) =>
  sequenceModel({ inputs: SYMBOLS.length, cells: [elman({ hiddenSize: 3, activation })], outputs, seed: 1 });

describe("a model file", () => {
  it("opens as the demo wrote it, alone and within a lab file", () => {
    const bytes = textModelFile(smallTextModel([4, 3]));
    const { state, model, course } = openFile("sea.safetensors", bytes);
    expect(state).toEqual({ ...defaults, input: "text" });
    expect(course).toBeUndefined();
    expect(model).toMatchObject({ name: "sea.safetensors", symbols: SYMBOLS, folded: true, bias: true });
    expect(model?.layers.map(({ hiddenSize }) => hiddenSize)).toEqual([4, 3]);
    const saved = new TextEncoder().encode(labFile(state, simply(state), model));
    expect(openFile("a.lab.json", saved)).toEqual({ state, model, notes: [], course: simply(state) });
  });

  it.each<[string, () => Uint8Array, string]>([
    ["nothing", () => new Uint8Array(0), "expected JSON"],
    ["a picture", () => Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0), "expected JSON"],
    ["a header without end", () => Uint8Array.of(255, 255, 0, 0, 0, 0, 0, 0, 0x7b), "readSafetensors: "],
    ["half a model", () => textModelFile().subarray(0, -100), "readSafetensors: "],
    ["tensors of another program", () => writeSafetensors(new Map(), new Map()), "the file's format is"],
    ["a model without a vocabulary", () => writeModel(smallTextModel()), "without a vocabulary"],
    ["a vocabulary that is no list", () => textModelFile(undefined, { a: 1 }), "no list of characters"],
    ["a vocabulary of words", () => textModelFile(undefined, ["ab", "c"]), "no list of characters"],
    ["a smaller vocabulary", () => textModelFile(undefined, ["a"]), "with 1 characters"],
    ["a classifier", () => textModelFile(like(undefined, 2)), "outputs with 22 characters"],
    ["an activation that the lab lacks", () => textModelFile(like()), "a cell elman of softplus"],
    ["more units than can be measured", () => textModelFile(smallTextModel([300, 300])), "600 units"],
    [
      "a weight that is no number",
      () => changed(({ tensors }) => tensors.get("0.W_hh")!.data.fill(Number.NaN as never)),
      "expected a finite number",
    ],
  ])("of another kind is refused with what is wrong: %s", (_, make, message) => {
    let refusal: unknown;
    try {
      openFile("file", make());
    } catch (error) {
      refusal = error;
    }
    expect(UnrollError.is(refusal)).toBe(true);
    expect((refusal as Error).message).toContain(message);
  });

  it.each([[{}], [{ name: "a" }], [{ name: "a", safetensors: "%" }], [null]])(
    "within a lab file that is none is refused: %j",
    (model) => {
      const file = { gradientLab: 1, link: "#v1", course: ["#v1"], model };
      expect(() => openFile("a", new TextEncoder().encode(JSON.stringify(file)))).toThrow("its model is");
    },
  );
});
