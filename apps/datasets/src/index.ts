export { foldText } from "./fold.ts";
export { foldLetters } from "./fold-letters.ts";
export { type Split, splitByPosition } from "./split.ts";
export { type OrderedSplit, splitByOrder } from "./split-by-order.ts";
