import type { Answer } from "../../classify/answer.ts";
import type { Figures } from "../../classify/figures.ts";

/** A text to label. */
export interface ClassifyRequest {
  readonly text: string;
}

/** How good a network is on the test part, among simple rules, and who was taken for whom. */
export interface ClassifyResult {
  readonly classes: readonly string[];
  readonly baselines: readonly Figures[];
  readonly network: Figures;
  /** Row: what it is; column: what was said. */
  readonly confusion: readonly (readonly number[])[];
}

/** What the worker says of a text, or of the network. */
export type ClassifyAnswer = { readonly labelled: Answer } | { readonly result: ClassifyResult };

/** Labelled lines to learn from. */
export interface ClassifyAbout {
  readonly name: string;
  readonly noun: string;
  readonly classes: readonly { readonly label: string; readonly count: number }[];
  readonly lines: number;
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  readonly symbols: number;
  /** A few of them. */
  readonly examples: readonly { readonly text: string; readonly label: string }[];
}

/** A network that labels. */
export interface ClassifyModelAbout {
  readonly network: string;
  readonly parameters: number;
  readonly data: string;
  readonly updates: number;
  readonly classes: readonly string[];
}
