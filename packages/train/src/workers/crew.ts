import type { Numbers, RunTeam, TeamRoom, TeamTask } from "@unroll/model";
import { startThread, type Thread, type ThreadOptions } from "../start-thread.ts";
import { Control } from "./control.ts";
import type { Description } from "./description.ts";
import type { Answer, Order } from "./serve.ts";
import { WorkerError } from "./worker-error.ts";

export interface CrewOptions extends ThreadOptions {
  readonly description: Description;
  readonly module: string | undefined;
  readonly size: number;
  /** Whether they share memory with this thread; one worker may have its own. */
  readonly shared: boolean;
  /** Threads that run at once: a member looks again for a while only if there are enough for all. */
  readonly cores: number;
}

/** How often a member looks again before it sleeps: some tens of microseconds. */
const SPINS = 4000;

/** Workers at work for one model. When one fails all are ended, and every call fails. */
export class Crew {
  readonly threads: readonly Thread[];
  readonly #control: Control | undefined;
  #room: TeamRoom | undefined;
  #failure: WorkerError | undefined;
  /** Who waits for answers: how many are still to come, the results of the last one. */
  #waiting:
    | { missing: number; resolve(results: Numbers | undefined): void; reject(error: unknown): void }
    | undefined;

  /** Starts them and waits until they know the model. @throws WorkerError if one can't start or fails to make the model */
  static async start(options: CrewOptions): Promise<Crew> {
    const crew = new Crew(options);
    try {
      await crew.#answers(options.size, () => crew.#join(options));
    } catch (error) {
      await crew.end();
      throw error;
    }
    return crew;
  }

  private constructor(options: CrewOptions) {
    const { size, shared, cores } = options;
    this.#control = shared ? new Control(size, size <= cores ? SPINS : 0) : undefined;
    const threads: Thread[] = [];
    this.threads = threads;
    for (let member = 0; member < size; member++) {
      try {
        threads.push(startThread(options));
      } catch (error) {
        this.#fail(member, "could not be started", error);
        return;
      }
      threads[member].listen(
        (answer) => this.#hear(member, answer as Answer),
        (reason) => this.#fail(member, reason),
      );
    }
  }

  /** Gives a task to all and waits until it is done. @throws WorkerError if one fails, and then at every call */
  readonly run: RunTeam = async (room, task, give, take) => {
    if (room !== this.#room) await this.#enter(room);
    const control = this.#control;
    const results = await this.#answers(1, () => {
      if (control) control.ask(task);
      else this.#runOn(task, give());
    });
    if (results) take(results);
  };

  /** Ends all workers. */
  async end(): Promise<void> {
    this.#failure ??= new WorkerError("workers", 0, "was ended before");
    await Promise.all(this.threads.map((thread) => thread.end()));
  }

  #join({ description, module, size }: CrewOptions): void {
    const control = this.#control;
    for (const [member, thread] of this.threads.entries()) {
      const { spins } = control ?? { spins: 0 };
      const team = control && { member, size, spins, control: control.buffer };
      thread.post({ kind: "join", description, module, team } satisfies Order);
    }
  }

  async #enter(room: TeamRoom): Promise<void> {
    await this.#answers(this.threads.length, () => {
      for (const thread of this.threads) thread.post({ kind: "room", room } satisfies Order);
      if (this.#room) this.#control?.ask();
    });
    this.#room = room;
  }

  #runOn(task: TeamTask, given: Numbers): void {
    this.threads[0].post(
      { kind: "task", task, given } satisfies Order,
      given.map(({ buffer }) => buffer as ArrayBuffer),
    );
  }

  /** Says something to the workers and waits for so many answers. */
  #answers(count: number, say: () => void): Promise<Numbers | undefined> {
    return new Promise<Numbers | undefined>((resolve, reject) => {
      if (this.#failure) {
        reject(this.#failure);
        return;
      }
      this.#waiting = { missing: count, resolve, reject };
      for (const thread of this.threads) thread.hold(true);
      try {
        say();
      } catch (error) {
        this.#fail(0, "could not be reached", error);
      }
    }).finally(() => {
      this.#waiting = undefined;
      for (const thread of this.threads) thread.hold(false);
    });
  }

  #hear(member: number, answer: Answer): void {
    if (answer.kind === "failed") {
      const cause = new Error(answer.message);
      cause.name = answer.name;
      if (answer.stack !== undefined) cause.stack = answer.stack;
      this.#fail(member, `failed: ${answer.message}`, cause);
      return;
    }
    const waiting = this.#waiting;
    if (waiting && --waiting.missing === 0)
      waiting.resolve(answer.kind === "done" ? answer.results : undefined);
  }

  #fail(member: number, reason: string, cause?: unknown): void {
    if (this.#failure) return;
    this.#failure = new WorkerError("workers", member, reason, cause);
    for (const thread of this.threads) void thread.end();
    this.#waiting?.reject(this.#failure);
  }
}
