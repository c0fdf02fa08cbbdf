import type { ReadonlySignal } from "@preact/signals-core";
import type { Detail, Frame } from "./frame.ts";
import type { OpenedModel } from "./model/opened-model.ts";
import type { LabState } from "./settings.ts";
import type { Section, TrainingOptions } from "./training/training-options.ts";

/**
 * The lab as the page sees it: a state, and what follows from it. The page changes the state and shows the signals; all
 * computation happens in a worker, of which the newest request wins.
 */
export interface Lab {
  readonly state: ReadonlySignal<LabState>;
  /** Counts `open` and `togglePin`: moves that "Back" takes back, other than a slider's. */
  readonly jumps: ReadonlySignal<number>;
  /** What is shown now. Stays until the next one is there, so the picture never goes empty. */
  readonly frame: ReadonlySignal<Frame | undefined>;
  /** The frame of the pinned settings, A. */
  readonly pinned: ReadonlySignal<Frame | undefined>;
  /** The selected cell of the map. */
  readonly detail: ReadonlySignal<Detail | undefined>;
  /** 0 … 1 of an exact frame that takes long; undefined if none is under way. */
  readonly progress: ReadonlySignal<number | undefined>;
  /** What was changed in the values given, in sentences: "hidden=4096 is above 128; using 128". */
  readonly notes: ReadonlySignal<readonly string[]>;
  /** What went wrong, in a sentence; undefined if nothing. */
  readonly problem: ReadonlySignal<string | undefined>;
  /** The opened model, if the network is not one that was drawn. */
  readonly model: ReadonlySignal<OpenedModel | undefined>;
  readonly training: Training;

  /**
   * Changes part of the state. While `dragging`, frames that would take long are estimates; call it once more without
   * when the control is released.
   */
  change(part: Partial<LabState>, how?: { readonly dragging?: boolean }): void;
  /**
   * Replaces the whole state, as a link or a story does, with sentences about what had to be changed, and what a link
   * doesn't tell. Without a model the network is drawn again.
   */
  open(state: LabState, notes?: readonly string[], beyond?: BeyondLink): void;
  /** Shows sentences that have to do with nothing in the state. */
  tell(notes: readonly string[]): void;
  /** Pins the present settings as A, or lets go of them. */
  togglePin(): void;
  /** Ends the worker. */
  dispose(): void;
}

/** What a link doesn't tell. */
export interface BeyondLink {
  /** The sections of the training that leads to what is shown. */
  readonly course?: readonly Section[] | undefined;
  readonly model?: OpenedModel | undefined;
}

/** Training in the worker. Steps are updates of the parameters, counted from 0: the network as drawn. */
export interface Training {
  readonly status: ReadonlySignal<TrainingStatus>;
  readonly history: ReadonlySignal<History>;
  play(): void;
  pause(): void;
  /** One update further, or back: going back restores every bit. */
  forward(updates?: number): void;
  back(updates?: number): void;
  /** To the network as drawn. */
  rewind(): void;
  /** To an update between 0 and the newest. */
  seek(update: number): void;
  /** Forgets what came after the present update: what follows is a new course, with other options perhaps. */
  branch(): void;
}

export interface TrainingStatus {
  readonly playing: boolean;
  /** The update shown, and the newest one reached. */
  readonly update: number;
  readonly newest: number;
  readonly updatesPerSecond: number;
  /** The options of the next update; undefined before anything is known. The state follows them. */
  readonly options: TrainingOptions | undefined;
  /** With which options updates are made, and from where on. A link tells the last of them only; a saved file all. */
  readonly sections: readonly Section[];
  /** Why training stopped by itself, in a sentence: "The loss became infinite at update 93." */
  readonly stopped: string | undefined;
}

/** The course of training, thinned to 2,000 points at most. */
export interface History {
  /** Number of each update, from 0, with what it met before it changed the weights. All of one length. */
  readonly update: Float64Array;
  readonly loss: Float64Array;
  /** ‖g‖ before and after clipping. */
  readonly gradientNorm: Float64Array;
  readonly clippedNorm: Float64Array;
  /** Where the spectrum of W_hh was looked at: updates made by then, ρ and σ_max. All of one length. */
  readonly spectrumUpdate: Float64Array;
  readonly radius: Float64Array;
  readonly norm: Float64Array;
}
