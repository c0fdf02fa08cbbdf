import { checkArithmetic } from "./check-arithmetic.mjs";
import { checkChangesets } from "./check-changesets.mjs";
import { checkLayers } from "./check-layers.mjs";
import { checkLinks } from "./check-links.mjs";
import { checkSkeleton } from "./check-skeleton.mjs";
import { checkWords } from "./check-words.mjs";
import { runAsProgram } from "./lib/problem.mjs";

/** The checks of the whole repository that are our own, by name. */
export const checks = {
  layers: checkLayers,
  skeleton: checkSkeleton,
  arithmetic: checkArithmetic,
  words: checkWords,
  links: checkLinks,
  changesets: checkChangesets,
};

runAsProgram(import.meta.url, (root) => Object.values(checks).flatMap((check) => check(root)));
