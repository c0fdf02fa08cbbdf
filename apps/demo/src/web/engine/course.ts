import type { Job } from "../../training/job.ts";
import type { LearnEvent } from "../../training/learn.ts";
import { learn } from "../../training/learn.ts";
import { type Member, updatesOf } from "../../training/member.ts";
import { MeanCurve } from "./mean-curve.ts";

/** What makes a run from its beginning, as often as asked, with the same bits. */
export type Recipe = () => Job;

/** Training, one update at a time, and back to where it began. */
export class Course {
  readonly #recipe: Recipe;
  #job: Job;
  #events: AsyncGenerator<LearnEvent> | undefined;
  #loss: MeanCurve = new MeanCurve();
  #before: MeanCurve = new MeanCurve();
  #after: MeanCurve = new MeanCurve();
  #evaluations: { readonly step: number; readonly value: number }[] = [];
  #began: number;

  constructor(recipe: Recipe) {
    this.#recipe = recipe;
    this.#job = recipe();
    this.#began = updatesOf(this.member);
  }

  get job(): Job {
    return this.#job;
  }
  get member(): Member {
    return this.#job.members.at(-1)!;
  }
  get update(): number {
    return updatesOf(this.member);
  }
  get done(): boolean {
    return this.update >= this.#job.record.settings.updates;
  }

  /** One update, and the evaluation that may follow it; undefined at the end. Awaited before anything else is called. */
  async forward(): Promise<LearnEvent | undefined> {
    this.#events ??= learn(this.#job, this.member, new AbortController().signal);
    const { done, value } = await this.#events.next();
    if (done) return undefined;
    this.#loss.add(value.loss);
    this.#before.add(value.gradientNorm);
    this.#after.add(value.clippedNorm);
    if (value.evaluation) this.#evaluations.push(value.evaluation);
    return value;
  }

  /** To where it began: what follows has the same bits as before. */
  rewind(): void {
    this.#events = undefined;
    this.#job = this.#recipe();
    this.#began = updatesOf(this.member);
    this.#loss = new MeanCurve();
    this.#before = new MeanCurve();
    this.#after = new MeanCurve();
    this.#evaluations = [];
  }

  /** Its curves, over updates; `lossOf` gives the loss in the unit it is shown in. */
  history(lossOf: (loss: number) => number): History {
    const began = this.#began;
    return {
      update: this.#loss.places.map((place) => began + place),
      loss: this.#loss.means.map(lossOf),
      gradientNorm: this.#before.means,
      clippedNorm: this.#after.means,
      evaluations: [...this.#evaluations],
    };
  }
}

/** Means over neighboring updates, all of one length, and what was measured on the validation part. */
export interface History {
  readonly update: Float64Array;
  readonly loss: Float64Array;
  readonly gradientNorm: Float64Array;
  readonly clippedNorm: Float64Array;
  readonly evaluations: readonly { readonly step: number; readonly value: number }[];
}
