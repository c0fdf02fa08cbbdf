import type { Output } from "../terminal/streams.ts";
import type { Reporter } from "./reporter.ts";

/**
 * One JSON object a line on stdout: `{"event": "step", …}`. Losses are in nats, everything "PerCharacter" in bits.
 * With `quiet` only what came out.
 */
export function jsonReporter(stdout: Output, quiet = false): Reporter {
  const write = (event: string, fields: object): void => {
    stdout.write(`${JSON.stringify({ event, ...fields })}\n`);
  };
  const progress = quiet ? () => {} : write;
  return {
    started: (plan) => progress("start", plan),
    stepped: (event) => progress("step", event),
    evaluated: (event) => progress("evaluation", event),
    sampled: (event) => progress("sample", event),
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
