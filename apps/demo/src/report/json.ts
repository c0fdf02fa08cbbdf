import type { Output } from "../terminal/streams.ts";
import type { Reporter } from "./reporter.ts";

/** One JSON object a line on stdout: `{"event": "step", …}`. Losses are in nats, everything "PerCharacter" in bits. */
export function jsonReporter(stdout: Output): Reporter {
  const write = (event: string, fields: object): void => {
    stdout.write(`${JSON.stringify({ event, ...fields })}\n`);
  };
  return {
    started: (plan) => write("start", plan),
    stepped: (event) => write("step", event),
    evaluated: (event) => write("evaluation", event),
    sampled: (event) => write("sample", event),
    note: () => {},
    finished: ({ validation, test, next, ...result }) =>
      write("result", {
        ...result,
        validationBitsPerCharacter: validation,
        testBitsPerCharacter: test,
        next: next.map(([command]) => command),
      }),
    interrupted: (event) => write("interrupted", event),
    close: () => {},
  };
}
