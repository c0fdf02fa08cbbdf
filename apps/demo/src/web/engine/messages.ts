import type { History } from "./course.ts";

/** Data to learn from: what comes with the demo, a file, a drop, a paste. */
export interface Given {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Text is folded to ASCII first. */
  readonly fold?: boolean;
  /** A missing value is the one before it. */
  readonly fill?: boolean;
}

/** What the page asks. Nothing is answered by itself: what is ready is reported. `Asked` is the task's own. */
export type Request<Asked> =
  | { readonly kind: "data"; readonly given: Given }
  | { readonly kind: "open"; readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: "begin"; readonly settings: object; readonly from: "seed" | "model" }
  | { readonly kind: "play" | "pause" | "step" | "finish" | "rewind" | "save" | "ping" }
  | { readonly kind: "ask"; readonly asked: Asked };

/** Where something went wrong. */
export type Place = "data" | "model" | "training" | "use";

/** What the worker sends. `Data`, `Model` and `Answer` are the task's own. */
export type Report<Data, Model, Answer> =
  | { readonly kind: "data"; readonly data: Data }
  | { readonly kind: "model"; readonly model: Model }
  | { readonly kind: "training"; readonly training: TrainingReport | undefined }
  | { readonly kind: "answer"; readonly answer: Answer }
  /** What a new worker needs to go on from here, should this one be lost. */
  | { readonly kind: "kept"; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: "saved"; readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: "problem"; readonly place: Place; readonly sentence: string; readonly advice?: string }
  | { readonly kind: "pong" };

export interface TrainingReport {
  readonly state: "ready" | "playing" | "paused" | "scoring" | "finished";
  readonly settings: object;
  /** Updates made, and those of the whole run. */
  readonly update: number;
  readonly updates: number;
  readonly updatesPerSecond: number;
  readonly history: History;
}
