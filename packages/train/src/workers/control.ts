import type { TeamTask } from "@unroll/model";

// Places in the shared integers.
const ASKED = 0; // tasks asked for so far
const ARRIVED = 1; // members that wait at the current meeting
const MEETINGS = 2; // meetings that are over
const DONE = 3; // members that are done with the task
const KIND = 4;
const STEPS = 5;
const BATCH = 6;
const WEIGHTED = 7;
const SCALE = 4; // of the float64s: bytes 32 … 39
const BYTES = 64;

/** Asked for by the main thread: a task, or to leave the loop and read messages. */
const KINDS = ["leave", "gradient", "losses"] as const;

/** What the threads of a team tell each other in shared memory. */
export class Control {
  readonly buffer: SharedArrayBuffer;
  readonly #integers: Int32Array;
  readonly #scale: Float64Array;
  readonly #size: number;
  readonly spins: number;
  #seen = 0;

  /** @param spins how often a member looks again before it sleeps */
  constructor(size: number, spins: number, buffer: SharedArrayBuffer = new SharedArrayBuffer(BYTES)) {
    this.buffer = buffer;
    this.#integers = new Int32Array(buffer);
    this.#scale = new Float64Array(buffer);
    this.#size = size;
    this.spins = spins;
  }

  /** The main thread gives a task to all members; without one they leave their loop. */
  ask(task?: TeamTask): void {
    const all = this.#integers;
    all[KIND] = task ? KINDS.indexOf(task.kind) : 0;
    if (task) {
      all[STEPS] = task.steps;
      all[BATCH] = task.batch;
      all[WEIGHTED] = Number(task.weighted);
      this.#scale[SCALE] = task.scale;
    }
    all[DONE] = 0;
    Atomics.add(all, ASKED, 1);
    Atomics.notify(all, ASKED);
  }

  /** A member sleeps until it is asked. Undefined: leave the loop. */
  next(): TeamTask | undefined {
    const all = this.#integers;
    while (Atomics.load(all, ASKED) === this.#seen) Atomics.wait(all, ASKED, this.#seen);
    this.#seen++;
    const kind = KINDS[all[KIND]];
    if (kind === "leave") return undefined;
    const [steps, batch, weighted] = [all[STEPS], all[BATCH], all[WEIGHTED] === 1];
    return { kind, steps, batch, weighted, scale: this.#scale[SCALE] };
  }

  /** A member is done with its task. True for the last of them. */
  done(): boolean {
    return Atomics.add(this.#integers, DONE, 1) === this.#size - 1;
  }

  /** Returns when all members have called it: looks for a while, then sleeps. */
  readonly meet = (): void => {
    if (this.#size === 1) return;
    const all = this.#integers;
    const meeting = Atomics.load(all, MEETINGS);
    if (Atomics.add(all, ARRIVED, 1) === this.#size - 1) {
      Atomics.store(all, ARRIVED, 0);
      Atomics.add(all, MEETINGS, 1);
      Atomics.notify(all, MEETINGS);
      return;
    }
    for (let i = 0; i < this.spins; i++) if (Atomics.load(all, MEETINGS) !== meeting) return;
    while (Atomics.load(all, MEETINGS) === meeting) Atomics.wait(all, MEETINGS, meeting);
  };
}
