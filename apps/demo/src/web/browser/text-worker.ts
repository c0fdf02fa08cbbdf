import { explain } from "@unroll/terminal/errors";
import { Engine } from "../engine/engine.ts";
import type { Report, Request } from "../engine/messages.ts";
import type { TextAbout, TextModelAbout, WriteRequest, Written } from "../text/messages.ts";
import { TextTask } from "../text/text-task.ts";
import type { Scope } from "./scope.ts";

const scope = globalThis as unknown as Scope<
  Request<WriteRequest>,
  Report<TextAbout, TextModelAbout, Written>
>;

const task = new TextTask(
  (answer) => scope.postMessage({ kind: "answer", answer }),
  (error) => scope.postMessage({ kind: "problem", place: "use", sentence: explain(error).message }),
);
const engine = new Engine<WriteRequest, TextAbout, TextModelAbout, Written>(task, (report) =>
  scope.postMessage(report),
);
scope.onmessage = ({ data }) => engine.receive(data);
