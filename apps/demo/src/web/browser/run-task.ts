import { explain } from "@unroll/terminal/errors";
import { Engine } from "../engine/engine.ts";
import type { Report, Request } from "../engine/messages.ts";
import type { Task } from "../engine/task.ts";

/** What a dedicated worker has of its global scope. */
interface Scope<In, Out> {
  postMessage(message: Out): void;
  onmessage: (event: { readonly data: In }) => void;
}

/** Makes this worker the engine of a task, which answers, and tells what went wrong later, by what it is given. */
export function runTask<Asked, Data, Model, Answer>(
  make: (answer: (answer: Answer) => void, problem: (error: unknown) => void) => Task<Asked, Data, Model>,
): void {
  const scope = globalThis as unknown as Scope<Request<Asked>, Report<Data, Model, Answer>>;
  const task = make(
    (answer) => scope.postMessage({ kind: "answer", answer }),
    (error) => scope.postMessage({ kind: "problem", place: "use", sentence: explain(error).message }),
  );
  const engine = new Engine<Asked, Data, Model, Answer>(task, (report) => scope.postMessage(report));
  scope.onmessage = ({ data }) => engine.receive(data);
}
