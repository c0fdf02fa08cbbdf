import type { Output } from "../terminal/streams.ts";
import type { Reporter, RunPlan } from "./reporter.ts";
import { resultText } from "./result-text.ts";

/** Nothing but the results; an interrupted run still says where it was saved. */
export function quietReporter(stdout: Output, stderr: Output): Reporter {
  let plan: RunPlan | undefined;
  const nothing = (): void => {};
  return {
    started(event) {
      plan = event;
    },
    stepped: nothing,
    evaluated: nothing,
    sampled: nothing,
    note: nothing,
    finished(result) {
      stdout.write(resultText(result, plan!.network));
    },
    interrupted({ out, resume }) {
      stderr.write(`Saved: ${out}\nGo on with: ${resume}\n`);
    },
    close: nothing,
  };
}
