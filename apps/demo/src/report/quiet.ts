import type { Output } from "../terminal/streams.ts";
import type { Reporter } from "./reporter.ts";
import { resultText } from "./result-text.ts";

/** Nothing but the results; an interrupted run still says where it was saved. */
export function quietReporter(stdout: Output, stderr: Output): Reporter {
  const nothing = (): void => {};
  return {
    started: nothing,
    stepped: nothing,
    evaluated: nothing,
    sampled: nothing,
    note: nothing,
    finished(result) {
      stdout.write(resultText(result));
    },
    interrupted({ out, resume }) {
      stderr.write(`Saved: ${out}\nGo on with: ${resume}\n`);
    },
    close: nothing,
  };
}
