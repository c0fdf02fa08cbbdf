import { type ProductNorms, ProductRoom } from "@unroll/gradient-flow";
import { UnrollError } from "@unroll/kernels";
import { detailAt } from "../frame/detail.ts";
import { type Measured, measure } from "../frame/measure.ts";
import type { OpenedModel } from "../model/opened-model.ts";
import type { Settings } from "../settings.ts";
import { Course } from "../training/course.ts";
import {
  MOST_UPDATES,
  originOf,
  same,
  simply,
  type TrainingOptions,
  trainingOptions,
} from "../training/training-options.ts";
import { Cost } from "./cost.ts";
import { Lanes, type LanesOptions, type Work } from "./lanes.ts";
import type { Report, Request } from "./messages.ts";

/** Exact frames that take longer are estimated first in a drag, */
const DRAG = 40;
/** and while training plays. */
const TRAINING = 16;
/** Exact frames that take longer are estimated first, and have their progress reported. */
const PATIENCE = 100;
/** Milliseconds between two frames while training plays: 20 a second. */
const TELEMETRY = 50;
/** The part of the time that frames may take from training at full speed. */
const SHARE = 0.05;
/** Estimates of larger networks come without the details of the selected step, whose eigenvalues take long. */
const DETAILED = 48;
/** Lanczos steps of an estimate. */
const ITERATIONS = 3;

type Show = Extract<Request, { kind: "show" }>;
type Lane = "show" | "detail" | "pin" | "train";

/**
 * What computes: it runs in a worker, or in a test. Requests come in at any time and are obeyed between pieces of work of a
 * few milliseconds. The newest request to show wins: an exact frame under way is dropped for it; what is
 * short, as estimates are, is finished first in a drag, so that it shows something.
 */
export class Engine {
  readonly #send: (report: Report) => void;
  readonly #clock: () => number;
  readonly #lanes: Lanes<Lane>;
  readonly #cost = new Cost();
  #model: OpenedModel | undefined;
  #course: Course | undefined;
  #origin = "";
  #shown: Show | undefined;
  /** The request that waits until the short frame under way is done. */
  #next: Show | undefined;
  #finishing = false;
  /** Options that training is to go on with, as soon as it is where the newest request wants it. */
  #retrain: TrainingOptions | undefined;
  #measured: Measured | undefined;
  #room: ProductRoom | undefined;
  #selected: { readonly t: number | null; readonly k: number | null } = { t: null, k: null };
  #playing = false;
  #speed: number | "max" = 20;
  #pace = 0;
  #frameTime = 0;

  constructor(send: (report: Report) => void, timing: Pick<LanesOptions<Lane>, "soon" | "later" | "clock">) {
    this.#send = send;
    this.#clock = timing.clock;
    this.#lanes = new Lanes({
      ...timing,
      order: ["show", "detail", "pin", "train"],
      onError: (error) => this.#problem(error),
    });
  }

  receive(request: Request): void {
    try {
      this.#obey(request);
    } catch (error) {
      this.#problem(error);
    }
  }

  #obey(request: Request): void {
    switch (request.kind) {
      case "show":
        if (request.course) this.#retrain = undefined;
        if (request.retrain) this.#retrain = trainingOptions(request.settings);
        this.#request(request);
        break;
      case "model":
        this.#model = request.model;
        this.#course = undefined;
        break;
      case "select":
        this.#selected = { t: request.t, k: request.k };
        this.#lanes.set("detail", this.#detail());
        break;
      case "pin":
        this.#lanes.set("pin", this.#pin(request.settings));
        break;
      case "train":
        this.#train(request.playing, request.speed);
        break;
      case "branch":
        this.#course?.branch();
        this.#reportTraining();
        break;
    }
  }

  #request(show: Show): void {
    if (this.#finishing) {
      this.#next = show;
      return;
    }
    this.#shown = show;
    this.#lanes.set("show", this.#show(show));
    // What training was measuring would share its memory with this.
    if (this.#playing) this.#lanes.set("train", this.#play());
  }

  *#show(show: Show): Work {
    const { number, dragging } = show;
    const course = this.#courseOf(show);
    if (!this.#playing) yield* this.#seek(course, show.settings.trained);
    if (this.#retrain) {
      course.continueWith(this.#retrain);
      this.#retrain = undefined;
      this.#reportTraining();
    }
    const settings = { ...show.settings, ...course.options };
    const expected = this.#cost.of(settings.steps, course.network.start.length);
    const estimate = expected > (dragging ? DRAG : PATIENCE);
    if (estimate || dragging) {
      this.#finishing = true;
      try {
        yield* this.#measure(course, settings, number, estimate);
      } finally {
        this.#finishing = false;
      }
      if (this.#next) {
        const next = this.#next;
        this.#next = undefined;
        this.#request(next);
        return;
      }
      if (!estimate) return;
    }
    yield* this.#measure(course, settings, number, false, expected > PATIENCE);
  }

  /** The course there is, or a new one where the settings describe another network or another way to train it. */
  #courseOf({ settings, course }: Pick<Show, "settings" | "course">): Course {
    const origin = originOf(settings);
    if (!this.#course || origin !== this.#origin || (course && !same(this.#course.sections, course))) {
      this.#origin = origin;
      this.#course = new Course(settings, course ?? simply(settings), this.#model);
      this.#retrain = undefined;
      this.#reportTraining();
    }
    return this.#course;
  }

  *#seek(course: Course, update: number): Work {
    const before = [course.update, course.newest, course.stopped].join();
    course.restoreBefore(update);
    const from = course.update;
    while (course.update < update && course.forward()) {
      if (update - from > 50)
        this.#send({ kind: "progress", share: (course.update - from) / (update - from) });
      yield;
    }
    if (before !== [course.update, course.newest, course.stopped].join()) this.#reportTraining();
  }

  *#measure(course: Course, settings: Settings, number: number, estimate: boolean, progress = false): Work {
    const work = measure({ ...settings, trained: course.update }, course.network, {
      iterations: estimate ? ITERATIONS : undefined,
      start: estimate ? this.#startFor(settings.steps, course) : undefined,
      room: this.#roomFor(settings.steps, course),
      clock: this.#clock,
    });
    let step = work.next();
    for (; !step.done; step = work.next()) {
      if (progress) this.#send({ kind: "progress", share: step.value });
      yield;
    }
    this.#measured = step.value;
    const { frame } = step.value;
    if (!estimate) this.#cost.learn(frame.steps, frame.hidden, frame.milliseconds);
    this.#send({ kind: "progress", share: undefined });
    course.noteSpectrum(frame.spectrum.radius, frame.spectrum.norm);
    this.#send({ kind: "frame", number, frame });
    if (!estimate || frame.hidden <= DETAILED) this.#lanes.set("detail", this.#detail());
  }

  #roomFor(steps: number, { network }: Course): ProductRoom {
    const stateSize = network.start.length;
    if (this.#room?.steps !== steps || this.#room.stateSize !== stateSize)
      this.#room = new ProductRoom({ steps, stateSize });
    return this.#room;
  }

  #startFor(steps: number, { network }: Course): ProductNorms | undefined {
    const norms = this.#measured?.norms;
    return norms?.steps === steps && norms.stateSize === network.start.length ? norms : undefined;
  }

  *#detail(): Work {
    yield; // a newer selection comes first
    const measured = this.#measured;
    if (!measured) return;
    const t = Math.min(this.#selected.t ?? measured.frame.steps, measured.frame.steps);
    const k = Math.min(this.#selected.k ?? 1, t);
    this.#send({ kind: "detail", detail: detailAt(measured, t, k) });
  }

  *#pin(settings: Settings): Work {
    const course = new Course(settings, simply(settings), this.#model);
    while (course.update < settings.trained && course.forward()) yield;
    const work = measure({ ...settings, trained: course.update }, course.network, { clock: this.#clock });
    let step = work.next();
    for (; !step.done; step = work.next()) yield;
    this.#send({ kind: "pinned", frame: step.value.frame });
  }

  #train(playing: boolean, speed: number | "max"): void {
    this.#speed = speed;
    if (playing === this.#playing) return;
    this.#playing = playing;
    this.#lanes.set("train", playing ? this.#play() : undefined);
    if (playing) return;
    this.#pace = 0;
    this.#reportTraining();
    if (this.#shown && this.#course) {
      const settings = { ...this.#shown.settings, trained: this.#course.update };
      this.#request({ ...this.#shown, settings, dragging: false, course: undefined, retrain: false });
    }
  }

  *#play(): Work {
    const began = this.#clock();
    let [reported, count] = [began, 0];
    let framed = began;
    let due = began;
    while (this.#course && this.#shown) {
      const course = this.#course;
      if (course.update >= MOST_UPDATES || !course.forward()) break;
      count++;
      const now = this.#clock();
      if (now - reported >= TELEMETRY) {
        this.#pace = (1000 * count) / (now - reported);
        [reported, count] = [now, 0];
        this.#reportTraining();
      }
      if (now - framed >= Math.max(TELEMETRY, this.#speed === "max" ? this.#frameTime / SHARE : 0)) {
        yield* this.#telemetry(course, this.#shown);
        this.#frameTime = this.#clock() - now;
        framed = this.#clock();
      }
      if (this.#speed === "max") yield;
      else {
        due = Math.max(due + 1000 / this.#speed, now - TELEMETRY);
        yield due > now ? due - now : undefined;
      }
    }
    this.#train(false, this.#speed);
  }

  /** A frame in the course of training. */
  *#telemetry(course: Course, { settings, number }: Show): Work {
    const estimate = this.#cost.of(course.options.steps, course.network.start.length) > TRAINING;
    yield* this.#measure(course, { ...settings, ...course.options }, number, estimate);
  }

  #reportTraining(): void {
    const course = this.#course;
    if (!course) return;
    const { update, newest, sections, stopped } = course;
    const options = this.#retrain ?? course.options;
    const status = {
      playing: this.#playing,
      update,
      newest,
      sections,
      options,
      updatesPerSecond: this.#pace,
      stopped,
    };
    this.#send({ kind: "training", number: this.#shown?.number ?? 0, status, history: course.history() });
  }

  #problem(error: unknown): void {
    if (!UnrollError.is(error)) throw error;
    this.#send({ kind: "progress", share: undefined });
    this.#send({ kind: "problem", sentence: `${error.message}.` });
  }
}
