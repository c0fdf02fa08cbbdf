import { UnrollError } from "@unroll/kernels";
import type { Loss } from "@unroll/losses";
import { type ModelParts, type Numbers, TeamMember, type TeamRoom, type TeamTask } from "@unroll/model";
import { Control } from "./control.ts";
import { type Description, partsOf, type WorkerModule } from "./description.ts";

/** What the main thread says to a worker. Each message is answered. */
export type Order =
  /** Once: what to train, and as which member of a team, or with memory of its own. */
  | {
      readonly kind: "join";
      readonly description: Description;
      readonly module: string | undefined;
      readonly team: Place | undefined;
    }
  /** Whenever the model has made other memory. Members of a team then wait for tasks in shared memory. */
  | { readonly kind: "room"; readonly room: TeamRoom }
  /** For a worker with memory of its own. */
  | { readonly kind: "task"; readonly task: TeamTask; readonly given: Numbers };

/** A place in a team. */
interface Place {
  readonly member: number;
  readonly size: number;
  readonly spins: number;
  readonly control: SharedArrayBuffer;
}

/** What a worker says. */
export type Answer =
  | { readonly kind: "ready" }
  /** The last member is done with a task. */
  | { readonly kind: "done"; readonly results?: Numbers }
  | {
      readonly kind: "failed";
      readonly name: string;
      readonly message: string;
      readonly stack: string | undefined;
    };

/** What is used of a port, in Node and in browsers. */
export interface Port {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
  start?(): void;
}

type Say = (answer: Answer, transfer?: Transferable[]) => void;

/** Does the work of one worker: everything that is asked for through a port, one after the other. */
export function serve(port: Port): void {
  const say: Say = (answer, transfer = []) => port.postMessage(answer, transfer);
  const worker = new WorkerSide(say);
  let last: Promise<void> = Promise.resolve();
  port.addEventListener("message", ({ data }: MessageEvent<Order>) => {
    last = last.then(() => worker.do(data)).catch((error: unknown) => say(failed(error)));
  });
  port.start?.();
}

class WorkerSide {
  readonly #answer: Say;
  #parts: { readonly parts: ModelParts; readonly loss: Loss } | undefined;
  #place: Place | undefined;
  #control: Control | undefined;
  #member: TeamMember | undefined;

  constructor(answer: Say) {
    this.#answer = answer;
  }

  async do(order: Order): Promise<void> {
    if (order.kind === "join") await this.#join(order.description, order.module, order.team);
    else if (order.kind === "room") this.#enter(order.room);
    else this.#runOn(order.given, order.task);
  }

  async #join(
    description: Description,
    address: string | undefined,
    place: Place | undefined,
  ): Promise<void> {
    const module: WorkerModule = address === undefined ? {} : await import(/* @vite-ignore */ address);
    this.#parts = partsOf(description, module);
    this.#place = place;
    if (place) this.#control = new Control(place.size, place.spins, place.control);
    this.#answer({ kind: "ready" });
  }

  /** Takes up a room. A member of a team stays there until it is asked to leave. */
  #enter(room: TeamRoom): void {
    const { parts, loss } = this.#parts as { parts: ModelParts; loss: Loss };
    const control = this.#control;
    const member = new TeamMember(parts, room, this.#place?.member ?? 0, control?.meet ?? (() => undefined));
    this.#member = member;
    this.#answer({ kind: "ready" });
    if (!control) return;
    for (let task = control.next(); task; task = control.next()) {
      member.run(task, loss);
      if (control.done()) this.#answer({ kind: "done" });
    }
  }

  #runOn(given: Numbers, task: TeamTask): void {
    const results = (this.#member as TeamMember).runOn(given, task, this.#parts?.loss as Loss);
    this.#answer(
      { kind: "done", results },
      results.map(({ buffer }) => buffer as ArrayBuffer),
    );
  }
}

function failed(error: unknown): Answer {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return { kind: "failed", name: UnrollError.is(error) ? (error as UnrollError).code : name, message, stack };
}
