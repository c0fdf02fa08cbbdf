import { type Signal, signal } from "@preact/signals";
import type { Given, Place, Report, Request, TrainingReport } from "../engine/messages.ts";
import { Heartbeat } from "./heartbeat.ts";

/** Something that went wrong, and what helps. */
export interface Problem {
  readonly sentence: string;
  readonly advice?: string | undefined;
}

/** A file in memory. */
export interface FileBytes {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * A task as the page sees it: signals to show, requests to send. The work happens in a worker; should that be lost, a new
 * one gets the data and the newest checkpoint.
 */
export class TaskLink<Asked, Data, Model, Answer> {
  readonly data: Signal<Data | undefined> = signal(undefined);
  readonly model: Signal<Model | undefined> = signal(undefined);
  readonly training: Signal<TrainingReport | undefined> = signal(undefined);
  readonly problems: Signal<Partial<Record<Place, Problem>>> = signal({});
  /** Why the worker is gone; undefined while it is there. */
  readonly lost: Signal<string | undefined> = signal(undefined);
  /** Gets what the task answers. */
  onAnswer: (answer: Answer) => void = () => {};
  /** Called with a new worker that has all the old one had. */
  onRestart: () => void = () => {};
  readonly #make: () => Worker;
  #onSaved: (file: FileBytes) => void = () => {};
  #worker: Worker | undefined;
  #heart: Heartbeat | undefined;
  #given: Given | undefined;
  #kept: FileBytes | undefined;

  constructor(make: () => Worker) {
    this.#make = make;
  }

  get playing(): boolean {
    return this.training.peek()?.state === "playing";
  }

  /** Starts the worker before there is anything to ask: it loads meanwhile. */
  wake(): void {
    this.#worker ??= this.#start();
  }

  takeData(given: Given): void {
    this.#given = given;
    this.#forget("data");
    this.#send({ kind: "data", given });
  }

  open(file: FileBytes): void {
    this.#forget("model", "training", "use");
    this.#send({ kind: "open", ...file });
  }

  begin(settings: object, from: "seed" | "model"): void {
    this.#forget("training", "use");
    this.#send({ kind: "begin", settings, from });
  }

  tell(kind: "play" | "pause" | "step" | "finish" | "rewind"): void {
    this.#forget("training");
    this.#send({ kind });
  }

  /** The network in use as a file; training that plays goes on. */
  save(take: (file: FileBytes) => void): void {
    const { playing } = this;
    this.#onSaved = take;
    this.#forget("model");
    this.#send({ kind: "save" });
    if (playing) this.#send({ kind: "play" });
  }

  ask(asked: Asked): void {
    this.#forget("use");
    this.#send({ kind: "ask", asked });
  }

  report(place: Place, problem: Problem): void {
    this.problems.value = { ...this.problems.peek(), [place]: problem };
  }

  /** A new worker in place of the lost one. */
  restart(): void {
    this.lost.value = undefined;
    this.training.value = undefined;
    if (this.#given) this.#send({ kind: "data", given: this.#given });
    if (this.#kept) this.#send({ kind: "open", ...this.#kept });
    this.onRestart();
  }

  #send(request: Request<Asked>): void {
    if (this.lost.peek() !== undefined) return;
    this.wake();
    this.#worker!.postMessage(request);
  }

  #start(): Worker {
    const worker = this.#make();
    const heart = new Heartbeat(
      () => worker.postMessage({ kind: "ping" }),
      () => this.#lose("it no longer answers"),
    );
    worker.onmessage = ({ data }: MessageEvent<Report<Data, Model, Answer>>) => {
      heart.heard();
      this.#hear(data);
    };
    worker.onerror = ({ message }) => this.#lose(message || "it could not start");
    this.#heart = heart;
    return worker;
  }

  #lose(why: string): void {
    this.#heart?.stop();
    this.#worker?.terminate();
    this.#worker = undefined;
    this.lost.value = why;
  }

  #hear(report: Report<Data, Model, Answer>): void {
    switch (report.kind) {
      case "data":
        this.data.value = report.data;
        return;
      case "model":
        this.model.value = report.model;
        return;
      case "training":
        this.training.value = report.training;
        return;
      case "answer":
        this.onAnswer(report.answer);
        return;
      case "kept":
        this.#kept = { name: "the checkpoint", bytes: report.bytes };
        return;
      case "saved":
        this.#onSaved(report);
        return;
      case "problem":
        this.report(report.place, report);
        return;
      case "pong":
        return;
    }
  }

  #forget(...places: readonly Place[]): void {
    const problems = this.problems.peek();
    if (!places.some((place) => problems[place])) return;
    const rest = { ...problems };
    for (const place of places) delete rest[place];
    this.problems.value = rest;
  }
}
