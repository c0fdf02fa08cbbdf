import { effect, type Signal, signal } from "@preact/signals";
import type { Answer } from "../../../classify/answer.ts";
import { makeClassifyWorker } from "../../browser/make-classify-worker.ts";
import { TaskLink } from "../../browser/task-link.ts";
import type {
  ClassifyAbout,
  ClassifyAnswer,
  ClassifyModelAbout,
  ClassifyRequest,
  ClassifyResult,
} from "../../classify/messages.ts";
import { defaultsOf } from "../training/settings.ts";
import { controls } from "./controls.ts";

/** The classify tab: what is shown, and what follows from it. */
export class ClassifyStore {
  readonly link: TaskLink<ClassifyRequest, ClassifyAbout, ClassifyModelAbout, ClassifyAnswer> = new TaskLink(
    makeClassifyWorker,
  );
  readonly settings: Signal<Readonly<Record<string, number>>> = signal(defaultsOf(controls));
  readonly text: Signal<string> = signal("Kowalczyk");
  readonly answer: Signal<Answer | undefined> = signal(undefined);
  readonly result: Signal<ClassifyResult | undefined> = signal(undefined);

  constructor() {
    const { link } = this;
    link.onAnswer = (answer) => {
      if ("labelled" in answer) this.answer.value = answer.labelled;
      else this.result.value = answer.result;
    };
    link.onRestart = () => this.label(this.text.peek());
    effect(() => {
      // Figures are those of one network.
      if (link.training.value && link.training.value.state !== "finished") this.result.value = undefined;
    });
    effect(() => {
      void link.training.value?.history.evaluations.length;
      if (link.model.value) this.label(this.text.peek());
    });
  }

  label(text: string): void {
    this.text.value = text;
    this.link.ask({ text: text.slice(0, 200) });
  }
}
