import { type Tensor, UnsupportedError } from "@unroll/io";
import { fromKeras, toKeras } from "@unroll/io/keras";
import { fromPyTorch, toPyTorch } from "@unroll/io/pytorch";
import { type ErrorCode, UnrollError } from "@unroll/kernels";
import { RandomState } from "@unroll/linalg";
import type { SequenceModel } from "@unroll/model";
import { expect, test } from "vitest";
import { share } from "./loop.ts";
import { choose } from "./random.ts";

const { count, seed } = share(1500);

const NAMES = [
  "rnn",
  "",
  "net.0",
  "cells.0",
  "cells.1",
  "fc",
  "a.b.c",
  "__proto__",
  "weight",
  "rnn.weight_ih_l0",
];
const OWN = [
  "weight_ih_l0",
  "weight_hh_l0",
  "bias_ih_l0",
  "bias_hh_l0",
  "weight_ih_l1",
  "weight_hh_l1",
  "weight_ih",
];
OWN.push(
  "weight_hh",
  "bias_ih",
  "bias_hh",
  "weight",
  "bias",
  "weight_hr_l0",
  "weight_ih_l0_reverse",
  "weight_ih_l00",
);
OWN.push("weight_hh_l999999999999", "running_mean", "constructor", "__proto__");

function floats(random: RandomState, shape: number[]): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return random.randint(0, 30)
    ? { dtype: "F32", shape, data: Float32Array.from(random.rand(size)) }
    : choose<Tensor>(random, [
        { dtype: "F64", shape, data: random.rand(size) },
        { dtype: "F16", shape, data: new Uint16Array(size) },
        { dtype: "U8", shape, data: new Uint8Array(size) },
      ]);
}

/** A state dict that is right, as the names of a module and the shapes of its parts. */
function right(random: RandomState, keras: boolean): [string, number[]][] {
  const list: [string, number[]][] = [];
  const bias = random.randint(0, 3) > 0;
  const module = choose(random, NAMES.slice(0, 4));
  const [layers, n] = [random.randint(1, 4), random.randint(1, 4)];
  let m = random.randint(1, 4);
  const put = (own: string, ...shape: number[]): void => {
    const name = `${module}${module && "."}${own}`;
    list.push([keras ? `arr_${list.length}` : name, keras ? shape.reverse() : shape]);
  };
  for (let l = 0; l < layers; l++) {
    put(`weight_ih_l${l}`, n, m);
    put(`weight_hh_l${l}`, n, n);
    if (bias) put(`bias_ih_l${l}`, n);
    if (bias && !keras) put(`bias_hh_l${l}`, n);
    m = n;
  }
  if (random.randint(0, 3)) put("head.weight", random.randint(1, 4), n);
  return list;
}

/** Breaks a name or a shape, or takes one away or adds one. */
function broken(random: RandomState, list: [string, number[]][]): void {
  const at = random.randint(0, list.length + 1);
  const name = `${choose(random, NAMES)}.${choose(random, OWN)}`;
  const shape = Array.from({ length: random.randint(0, 4) }, () => random.randint(0, 5));
  const kind = random.randint(0, 6);
  const [oldName = name, oldShape = shape] = list[at] ?? [];
  if (kind === 0) list.splice(at, 1);
  else if (kind === 1) list.splice(at, 0, [name, shape]);
  else if (kind === 2) list[at] = [name, oldShape];
  else if (kind === 3) list[at] = [oldName, shape];
  else if (kind === 4)
    list[at] = [oldName, oldShape.map((size) => Math.max(0, size + random.randint(-1, 2)))];
  else list[at] = [oldName, oldShape.map((size) => size * choose(random, [1, 3, 4]))];
}

test.each<
  [string, (tensors: Map<string, Tensor>) => SequenceModel, (model: SequenceModel) => Map<string, Tensor>]
>([
  [
    "fromPyTorch",
    (tensors) => fromPyTorch(tensors),
    // A module for each layer, since one nn.RNN holds only layers that are alike.
    (model) => toPyTorch(model, { rnn: model.cells.map((_, l) => `net.${l}`) }),
  ],
  ["fromKeras", (tensors) => fromKeras(tensors), (model) => toKeras(model)],
])(`%s: ${count} broken and whole sets of tensors, seed ${seed}`, (where, read, write) => {
  const random = new RandomState(seed);
  const counts: Partial<Record<ErrorCode | "accepted", number>> = {};
  for (let i = 0; i < count; i++) {
    const list = right(random, where === "fromKeras");
    const mutations = [0, 1, 1, 2, 3][random.randint(0, 5)]!;
    for (let k = 0; k < mutations; k++) broken(random, list);
    const tensors = new Map(list.map(([name, shape]) => [name, floats(random, shape)]));
    const began = performance.now();
    const outcome = outcomeOf(() => read(tensors));
    if (process.env.FUZZ_LIMITS && performance.now() - began > 1000) throw new Error(`input ${i} hangs`);
    if (outcome instanceof Error) {
      if (!UnrollError.is(outcome) || outcome.details.where !== where)
        throw new Error(`input ${i} of seed ${seed}: an untyped error`, { cause: outcome });
      if (mutations === 0 && !(outcome instanceof UnsupportedError))
        throw new Error(`input ${i} of seed ${seed}: right, but refused`, { cause: outcome });
      counts[outcome.code] = (counts[outcome.code] ?? 0) + 1;
    } else {
      counts.accepted = (counts.accepted ?? 0) + 1;
      // Written and read again it is the same model.
      if (i % 8 === 0) expect(read(write(outcome)).parameters.size).toBe(outcome.parameters.size);
    }
  }
  expect(counts.accepted).toBeGreaterThan(count / 10);
  for (const code of ["shape", "value", "unsupported"] as const) expect(counts[code]).toBeGreaterThan(0);
});

function outcomeOf(read: () => SequenceModel): SequenceModel | Error {
  try {
    return read();
  } catch (error) {
    return error as Error;
  }
}
