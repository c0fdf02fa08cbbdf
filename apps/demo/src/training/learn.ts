import { fit } from "@unroll/train";
import type { EvaluationEvent, SampleEvent, StepEvent } from "../report/reporter.ts";
import type { Job } from "./job.ts";
import { type Member, updatesOf } from "./member.ts";
import { learningRateOf } from "./optimizer.ts";

/** One update of a network, and now and then what it is worth and what it says. */
export interface LearnEvent extends StepEvent {
  readonly evaluation?: EvaluationEvent;
  readonly sample?: SampleEvent;
}

/**
 * The updates that are left to one network. Steps are counted over all networks of the job. After `signal` the step
 * under way is finished: what the job and its members hold then goes on later with the same bits.
 */
export async function* learn(job: Job, member: Member, signal: AbortSignal): AsyncGenerator<LearnEvent> {
  const { model, best, seed } = member;
  const { settings } = job.record;
  const { updates } = settings;
  const startStep = updatesOf(member);
  if (startStep === updates) return;

  const before = updates * job.members.indexOf(member);
  const rate = learningRateOf(settings);
  const every = Math.ceil(updates / job.evaluations);
  const steps = fit(model, job.trainingData(seed), {
    ...job.step,
    epochs: Number.MAX_SAFE_INTEGER,
    steps: updates - startStep,
    start: member.position,
    signal,
  });
  for await (const { step, loss, gradientNorm, clippedNorm, epoch, from } of steps) {
    member.position = { epoch, from };
    const learningRate = rate(step - 1);
    const event = { step: before + step, epoch, loss, gradientNorm, clippedNorm, learningRate };
    if (step % every !== 0 && step !== updates) {
      yield event;
      continue;
    }
    // An interruption waits for it: the run that goes on later must not miss an evaluation.
    const value = await job.validate(model);
    if (job.keep === "last") best.keep(model.parameters, step, value);
    const isBest = job.keep === "best" && best.offer(model, step, value);
    const evaluation = { step: before + step, value, best: isBest };
    yield { ...event, evaluation, ...(job.sample && { sample: job.sample(model, before + step) }) };
  }
}
