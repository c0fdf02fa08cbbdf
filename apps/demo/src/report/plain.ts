import type { Colors, Output } from "../terminal/streams.ts";
import { durationText, oneLine, shortNumber } from "../terminal/words.ts";
import { RecentMean } from "./averages.ts";
import type { Reporter, RunPlan, StepEvent } from "./reporter.ts";
import { nextText, planText, resultText } from "./result-text.ts";

/** Lines for a log: one for the plan, one for every evaluation and sample, then the results. */
export function plainReporter(stdout: Output, stderr: Output, colors: Colors, now: () => number): Reporter {
  let plan: RunPlan | undefined;
  let last: StepEvent | undefined;
  const recent = new RecentMean(20);
  let began = 0;
  return {
    started(event) {
      plan = event;
      began = now();
      stderr.write(planText(event, colors));
    },
    stepped(event) {
      last = event;
      recent.add(event.loss);
    },
    evaluated({ step, value, best }) {
      const { startStep, totalSteps, loss, validation } = plan!;
      const left = ((now() - began) / 1000 / Math.max(1, step - startStep)) * (totalSteps - step);
      const parts = [`step ${step}/${totalSteps}`];
      if (last) {
        parts.push(
          `train ${loss.text(recent.mean)} ${loss.unit}`,
          `gradient norm ${shortNumber(last.gradientNorm)}, clipped ${shortNumber(last.clippedNorm)}`,
        );
      }
      parts.push(`validation ${validation.text(value)} ${validation.unit}${best ? " (best)" : ""}`);
      parts.push(`${durationText(left)} left`);
      stderr.write(`${parts.join("  ")}\n`);
    },
    sampled({ prompt, text }) {
      stderr.write(`sample: ${oneLine(prompt + text, 160)}\n`);
    },
    note(text) {
      stderr.write(`${text}\n`);
    },
    finished(result) {
      const { sample, next } = result;
      if (sample) stderr.write(`sample: ${oneLine(sample.prompt + sample.text, 400)}\n`);
      stdout.write(resultText(result));
      stderr.write(nextText(next, colors));
    },
    interrupted({ step, out, resume }) {
      stderr.write(`Stopped after step ${step}. Saved: ${out}\nGo on with: ${colors.cyan(resume)}\n`);
    },
    close() {},
  };
}
