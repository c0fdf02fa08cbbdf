import { OptionError } from "@unroll/kernels";
import type { Activation } from "./activation.ts";
import { elu } from "./elu.ts";
import { gelu } from "./gelu.ts";
import { hardSigmoid } from "./hard-sigmoid.ts";
import { hardTanh } from "./hard-tanh.ts";
import { identity } from "./identity.ts";
import { leakyRelu } from "./leaky-relu.ts";
import { logSoftmax } from "./log-softmax.ts";
import { relu } from "./relu.ts";
import { selu } from "./selu.ts";
import { sigmoid } from "./sigmoid.ts";
import { silu } from "./silu.ts";
import { softmax } from "./softmax.ts";
import { softplus } from "./softplus.ts";
import { softsign } from "./softsign.ts";
import { tanh } from "./tanh.ts";

const PLAIN: Readonly<Record<string, Activation>> = {
  identity,
  tanh,
  sigmoid,
  relu,
  selu,
  softplus,
  softsign,
  hardTanh,
  hardSigmoid,
  silu,
  gelu,
  softmax,
  logSoftmax,
};

/** The names that `activationNamed` knows. The last two can be followed by their parameter: `elu(0.5)`. */
export const activationNames: readonly string[] = [
  "identity",
  "tanh",
  "sigmoid",
  "relu",
  "selu",
  "softplus",
  "softsign",
  "hardTanh",
  "hardSigmoid",
  "silu",
  "gelu",
  "softmax",
  "logSoftmax",
  "leakyRelu",
  "elu",
];

/**
 * The activation of that name, as `activation.name` has it: `tanh`, `leakyRelu(0.2)`. Without its parameter a
 * family has the default one.
 * @throws OptionError if there is none, with the names there are
 */
export function activationNamed(name: string): Activation {
  if (Object.hasOwn(PLAIN, name)) return PLAIN[name];
  const [, family, alpha] = /^(leakyRelu|elu)(?:\(([\d.e+-]+)\))?$/.exec(name) ?? [];
  const parameter = alpha === undefined ? undefined : Number(alpha);
  if (family === "leakyRelu") return leakyRelu(parameter);
  if (family === "elu") return elu(parameter);
  throw new OptionError("activationNamed", "name", name, `one of ${activationNames.join(", ")}`);
}
