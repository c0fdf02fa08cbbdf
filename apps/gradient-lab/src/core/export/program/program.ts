import type { Settings } from "../../settings.ts";
import { measureLines } from "./measure-lines.ts";
import { networkLines } from "./network-lines.ts";
import { sequenceLines } from "./sequence-lines.ts";
import { trainingLines } from "./training-lines.ts";
import { Uses } from "./uses.ts";

/**
 * A TypeScript program on the packages that draws the network of the settings, trains it, and prints the last row of the
 * map: log10 of what of h_k is left at h_T, for k = 1 … T. Its numbers are those of the page, to the last digit.
 */
export function programOf(settings: Settings): string {
  const uses = new Uses();
  const body = [
    ...networkLines(settings, uses),
    ...sequenceLines(settings, uses),
    ...trainingLines(settings, uses),
    ...measureLines(settings, uses),
  ];
  return `${[...uses.imports(), "", ...body].join("\n")}\n`;
}
