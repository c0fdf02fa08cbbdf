export { foldText } from "./fold.ts";
export { type Split, splitByPosition } from "./split.ts";
