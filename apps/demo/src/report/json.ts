import type { Output } from "../terminal/streams.ts";
import type { Reporter } from "./reporter.ts";

/** One JSON object a line on stdout: `{"event": "step", …}`. Losses are as the task has them. With `quiet` only what came out. */
export function jsonReporter(stdout: Output, quiet = false): Reporter {
  let key = "value";
  const write = (event: string, fields: object): void => {
    stdout.write(`${JSON.stringify({ event, ...fields })}\n`);
  };
  const progress = quiet ? () => {} : write;
  return {
    started({ about, loss, validation, details, ...plan }) {
      key = validation.key;
      progress("start", { ...plan, ...details });
    },
    stepped: (event) => progress("step", event),
    evaluated: ({ step, value, best }) => progress("evaluation", { step, [key]: value, best }),
    sampled: (event) => progress("sample", event),
    note: () => {},
    finished: ({ text, fields, next, ...result }) =>
      write("result", { ...result, ...fields, next: next.map(([command]) => command) }),
    interrupted: (event) => write("interrupted", event),
    close: () => {},
  };
}
