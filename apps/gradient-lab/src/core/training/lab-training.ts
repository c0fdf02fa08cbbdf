import { type Signal, signal } from "@preact/signals-core";
import { controls } from "../controls.ts";
import type { Port, Report } from "../engine/messages.ts";
import type { History, Lab, Training, TrainingStatus } from "../lab.ts";

/** The controls of training, as the page has them. */
export class LabTraining implements Training {
  readonly status: Signal<TrainingStatus> = signal(IDLE);
  readonly history: Signal<History> = signal(NO_HISTORY);
  readonly #port: Port;
  readonly #lab: Pick<Lab, "state" | "change">;

  constructor(port: Port, lab: Pick<Lab, "state" | "change">) {
    this.#port = port;
    this.#lab = lab;
  }

  play(): void {
    this.#send(true);
  }

  pause(): void {
    if (this.status.peek().playing) this.#send(false);
  }

  forward(updates = 1): void {
    this.seek(this.#at() + updates);
  }

  back(updates = 1): void {
    this.seek(this.#at() - updates);
  }

  rewind(): void {
    this.seek(0);
  }

  seek(update: number): void {
    this.pause();
    this.#lab.change({ trained: Math.max(0, Math.min(update, controls.trained.maximum)) });
  }

  branch(): void {
    this.#port.send({ kind: "branch" });
  }

  /** Another speed counts at once. */
  speedChanged(): void {
    if (this.status.peek().playing) this.#send(true);
  }

  hear({ status, history }: Extract<Report, { kind: "training" }>): void {
    this.status.value = status;
    this.history.value = history;
  }

  /** The update last asked for, which may be ahead of the one shown. */
  #at(): number {
    const { playing, update } = this.status.peek();
    return playing ? update : this.#lab.state.peek().trained;
  }

  #send(playing: boolean): void {
    // Play is shown at once; the engine's report follows.
    this.status.value = { ...this.status.peek(), playing };
    this.#port.send({ kind: "train", playing, speed: this.#lab.state.peek().speed });
  }
}

/** Before anything was trained. */
export const IDLE: TrainingStatus = {
  playing: false,
  update: 0,
  newest: 0,
  updatesPerSecond: 0,
  options: undefined,
  sections: [],
  stopped: undefined,
};
const none = new Float64Array(0);
export const NO_HISTORY: History = {
  update: none,
  loss: none,
  gradientNorm: none,
  clippedNorm: none,
  spectrumUpdate: none,
  radius: none,
  norm: none,
};
