import { OptionError } from "@unroll/kernels";
import type { Features } from "./features.ts";
import { huber } from "./huber.ts";
import type { Loss } from "./loss.ts";
import { meanAbsoluteError } from "./mean-absolute-error.ts";
import { meanSquaredError } from "./mean-squared-error.ts";
import { sigmoidCrossEntropy } from "./sigmoid-cross-entropy.ts";
import { softmaxCrossEntropy } from "./softmax-cross-entropy.ts";

/** The names that `lossNamed` knows; they can be followed by their parameters: `huber(2, sum)`. */
export const lossNames: readonly string[] = [
  "softmaxCrossEntropy",
  "meanSquaredError",
  "meanAbsoluteError",
  "sigmoidCrossEntropy",
  "huber",
];

/**
 * The loss of that name, as `loss.name` has it.
 * @throws OptionError if there is none, with the names there are
 */
export function lossNamed(name: string): Loss {
  const [, family, number, features] = /^(\w+?)(?:\((?:([\d.e+-]+))?(?:, )?(sum|mean)?\))?$/.exec(name) ?? [];
  const loss = family === undefined ? undefined : make(family, number, features as Features | undefined);
  if (loss && (loss.name === name || name === family)) return loss;
  throw new OptionError("lossNamed", "name", name, `one of ${lossNames.join(", ")}`);
}

function make(family: string, text: string | undefined, features: Features | undefined): Loss | undefined {
  const number = text === undefined ? undefined : Number(text);
  switch (family) {
    case "softmaxCrossEntropy":
      return softmaxCrossEntropy({ labelSmoothing: number });
    case "meanSquaredError":
      return meanSquaredError({ features });
    case "meanAbsoluteError":
      return meanAbsoluteError({ features });
    case "sigmoidCrossEntropy":
      return sigmoidCrossEntropy({ features });
    case "huber":
      return huber({ delta: number, features });
    default:
      return undefined;
  }
}
