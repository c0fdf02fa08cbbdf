import { explain, ProgramError } from "@unroll/terminal/errors";
import type { Score } from "../../training/job.ts";
import { checkpointBytes, modelBytes } from "../../training/run-file.ts";
import { Course } from "./course.ts";
import type { Place, Report, Request, TrainingReport } from "./messages.ts";
import type { OpenedFile, Task } from "./task.ts";

/** Milliseconds between two reports of training. */
const TELEMETRY = 200;

/**
 * What a worker runs: one task, its data, a network in use, and at most one run. Requests are obeyed in their order;
 * "pause" and "ping" are heard within milliseconds, since training lets messages in between updates.
 */
export class Engine<Asked, Data, Model, Answer> {
  readonly #task: Task<Asked, Data, Model>;
  readonly #send: (report: Report<Data, Model, Answer>, transfer?: ArrayBuffer[]) => void;
  #queue: Promise<void> = Promise.resolve();
  /** Requests that wait: training makes room for them. */
  #waiting = 0;
  #course: Course | undefined;
  #file: { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> } | undefined;
  #state: TrainingReport["state"] = "ready";
  #rate = 0;

  constructor(
    task: Task<Asked, Data, Model>,
    send: (report: Report<Data, Model, Answer>, transfer?: ArrayBuffer[]) => void,
  ) {
    this.#task = task;
    this.#send = send;
  }

  receive(request: Request<Asked>): void {
    if (request.kind === "ping") {
      this.#send({ kind: "pong" });
      return;
    }
    if (request.kind === "ask") {
      this.#attempt("use", async () => this.#task.ask(request.asked));
      return;
    }
    this.#waiting++;
    this.#queue = this.#queue.then(() => {
      this.#waiting--;
      return this.#obey(request);
    });
  }

  async #obey(request: Exclude<Request<Asked>, { kind: "ask" }>): Promise<void> {
    switch (request.kind) {
      case "data":
        await this.#attempt("data", async () => {
          this.#send({ kind: "data", data: await this.#task.takeData(request.given) });
        });
        break;
      case "open":
        await this.#attempt("model", () => this.#open(request.name, request.bytes));
        break;
      case "begin":
        await this.#attempt("training", async () => {
          this.#course = new Course(this.#task.begin(request.settings, request.from));
          this.#file = undefined;
          this.#useCourse();
        });
        break;
      case "play":
        await this.#attempt("training", () => this.#play());
        break;
      case "step":
        await this.#attempt("training", async () => {
          await this.#forward();
          if (this.#course?.done) await this.#finish();
          else this.#rest();
        });
        break;
      case "pause":
        this.#rest();
        break;
      case "finish":
        await this.#attempt("training", () => this.#finish());
        break;
      case "rewind":
        await this.#attempt("training", async () => {
          this.#course?.rewind();
          this.#file = undefined;
          this.#useCourse();
        });
        break;
      case "save":
        await this.#attempt("model", async () => this.#save());
        break;
      case "ping":
        break;
    }
  }

  async #open(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const opened: OpenedFile<Model> = await this.#task.open(name, bytes);
    this.#course = opened.recipe && new Course(opened.recipe);
    this.#file = { name, bytes };
    this.#state = this.#course && this.#course.update > 0 ? "paused" : "ready";
    if (this.#course) this.#task.use(this.#course.job);
    else this.#task.useFile(opened);
    this.#send({ kind: "model", model: opened.about });
    this.#report();
  }

  #useCourse(): void {
    this.#state = "ready";
    this.#rate = 0;
    if (this.#course) this.#send({ kind: "model", model: this.#task.use(this.#course.job) });
    this.#report();
  }

  /** Until the end of the run, or until something else is asked. */
  async #play(): Promise<void> {
    const course = this.#course;
    if (!course || this.#state === "finished") return;
    this.#state = "playing";
    this.#report();
    let [reported, count] = [performance.now(), 0];
    while (this.#waiting === 0 && (await this.#forward())) {
      count++;
      const now = performance.now();
      if (now - reported < TELEMETRY) continue;
      this.#rate = (1000 * count) / (now - reported);
      [reported, count] = [now, 0];
      this.#report();
    }
    this.#state = "paused";
    if (course.done) await this.#finish();
  }

  async #forward(): Promise<boolean> {
    const event = await this.#course?.forward();
    this.#file = undefined;
    if (event?.evaluation) this.#keep();
    return event !== undefined;
  }

  /** Training stands still, and what it reached is safe. */
  #rest(): void {
    if (!this.#course || this.#state === "finished") return;
    this.#state = this.#course.update > 0 ? "paused" : "ready";
    this.#rate = 0;
    this.#keep();
    this.#report();
  }

  /** Ends the run here: the best weights so far are scored and used. */
  async #finish(): Promise<void> {
    const course = this.#course;
    if (!course || this.#state === "finished") return;
    this.#state = "scoring";
    this.#rate = 0;
    this.#report();
    const { job, member, update } = course;
    const { best, model } = member;
    if (best.step === 0) best.keep(model.parameters, update, await job.validate(model));
    best.restore(model);
    const score = await job.score([member], new AbortController().signal);
    if (!score) return;
    this.#file = { name: this.#task.fileName(job), bytes: this.#finished(course, score) };
    this.#state = "finished";
    this.#send({ kind: "model", model: this.#task.use(job, score) });
    this.#send({ kind: "kept", bytes: this.#file.bytes });
    this.#report();
  }

  #finished({ job, update }: Course, { model, figures }: Score): Uint8Array<ArrayBuffer> {
    return ownBytes(modelBytes(model, job, { updates: update, ...figures }));
  }

  #keep(): void {
    if (!this.#course || this.#course.update === 0) return;
    this.#send({ kind: "kept", bytes: ownBytes(checkpointBytes(this.#course.job)) });
  }

  #save(): void {
    const course = this.#course;
    if (this.#file) this.#send({ kind: "saved", ...this.#file });
    else if (course && course.update > 0)
      this.#send({
        kind: "saved",
        name: this.#task.fileName(course.job),
        bytes: ownBytes(checkpointBytes(course.job)),
      });
    else
      throw new ProgramError(
        "data",
        "The network has not learned anything yet: there is nothing to save",
        {},
      );
  }

  #report(): void {
    const course = this.#course;
    this.#send({
      kind: "training",
      training: course && {
        state: this.#state,
        settings: course.job.record.settings,
        update: course.update,
        updates: course.job.record.settings.updates,
        updatesPerSecond: this.#rate,
        history: course.history((loss) => this.#task.lossOf(loss)),
      },
    });
  }

  /** Does something; what goes wrong is told, and training rests. */
  async #attempt(place: Place, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (place === "training") {
        this.#state = this.#course && this.#course.update > 0 ? "paused" : "ready";
        this.#rate = 0;
      }
      const { message, advice } = explain(error);
      const sentence = message.split("\n", 1)[0]!;
      this.#send({ kind: "problem", place, sentence, ...(advice && { advice }) });
      if (place === "training") this.#report();
    }
  }
}

/** Bytes in memory of their own, as messages carry them. */
function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
