import type { Baseline } from "../../text/baselines.ts";
import type { Settings } from "../../text/settings.ts";

/** What is asked of the network in use: to write. */
export interface WriteRequest {
  readonly prompt: string;
  /** Somebody wrote the prompt; else a network that does not know it begins as it likes. */
  readonly typed: boolean;
  readonly temperature: number;
  readonly seed: number;
  /** Characters to write. */
  readonly length: number;
  /** So many of them at once, the others at a speed that eyes can follow. */
  readonly atOnce: number;
  /** Counts up: what is written carries it back. */
  readonly number: number;
}

/** What was written since the last answer. */
export interface Written {
  readonly number: number;
  /** What the network read first, as it read it; only with the first piece. */
  readonly prompt?: string;
  readonly text: string;
  /** For each character −log₂ p: how surprised the network is, in bits, at temperature 1. */
  readonly bits: Float32Array;
  readonly done: boolean;
}

/** A text to learn from. */
export interface TextAbout {
  readonly name: string;
  readonly characters: number;
  readonly symbols: number;
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  readonly preview: string;
}

/** A network that writes. */
export interface TextModelAbout {
  /** `elman 192` */
  readonly network: string;
  readonly parameters: number;
  /** The text it learned from. */
  readonly data: string;
  readonly updates: number;
  readonly settings: Settings | undefined;
  /** Bits per character, if the run is finished. */
  readonly validation?: number | undefined;
  readonly test?: number | undefined;
  readonly baselines?: readonly Baseline[] | undefined;
}
