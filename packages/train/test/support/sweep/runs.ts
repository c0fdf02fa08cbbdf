import { createHash } from "node:crypto";
import { softmaxCrossEntropy } from "@unroll/losses";
import { adam } from "@unroll/optim";
import { fit } from "@unroll/train";
import { bits, smallData, smallModel } from "../small.ts";

let calls = 0;

/** A tiny training: the losses and the hash of the weights, and how many runs its thread has seen. */
export async function run({ seed, learningRate }: { seed: number; learningRate: number }): Promise<unknown> {
  const model = smallModel({ seed });
  const losses: number[] = [];
  const options = { loss: softmaxCrossEntropy(), optimizer: adam({ learningRate }), epochs: 9, steps: 40 };
  for await (const { loss } of fit(model, smallData({ seed }), options)) losses.push(loss);
  const hash = createHash("sha256").update(bits(model.parameters).join()).digest("hex");
  return { hash, losses, calls: ++calls };
}

/** What its settings say goes wrong. */
export async function wrong({ how }: { how: string }, name: string): Promise<unknown> {
  if (how === "throws") throw new RangeError(`${name} can't`);
  if (how === "exits") process.exit(3);
  if (how === "waits") await new Promise(() => {});
  if (how === "is busy") for (;;);
  if (how === "returns NaN") return { loss: [0, Number.NaN] };
  return how;
}
