import type {
  ChoiceControl as Choosing,
  NumberControl as Counting,
  TextControl as Writing,
} from "@unroll/page-parts";

/** Where a control stands on the page. */
interface Grouped {
  readonly group: "gain" | "cell" | "init" | "steps" | "training" | "advanced";
}

export type NumberControl = Counting & Grouped;
export type ChoiceControl<Value extends string = string> = Choosing<Value> & Grouped;
export type TextControl = Writing & Grouped;
