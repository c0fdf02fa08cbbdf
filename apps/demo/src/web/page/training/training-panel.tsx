import type { Signal } from "@preact/signals";
import { Button } from "@unroll/page-parts";
import type { ComponentChildren, VNode } from "preact";
import { countText, durationText } from "../../../terminal/words.ts";
import type { TaskLink } from "../../browser/task-link.ts";
import type { TrainingReport } from "../../engine/messages.ts";
import { Panel } from "../parts/panel.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { Curves } from "./curves.tsx";

interface Props<Asked, Data, Model, Answer> {
  readonly link: TaskLink<Asked, Data, Model, Answer>;
  /** The settings of the next run. */
  readonly settings: Signal<Readonly<Record<string, number>>>;
  readonly from?: Signal<"seed" | "model">;
  /** `Bits per character` */
  readonly measure: string;
  /** What is measured on the validation part, if it is something else. */
  readonly validation?: string;
  /** Below the buttons while nothing has been trained. */
  readonly children?: ComponentChildren;
}

/** Whether a run has begun and is not done: its settings stand. */
export function underWay(training: TrainingReport | undefined): boolean {
  return training !== undefined && training.state !== "ready" && training.state !== "finished";
}

/** Start, pause, step, stop, rewind, and how it goes. */
export function TrainingPanel<Asked, Data, Model, Answer>({
  link,
  settings,
  from,
  measure,
  validation,
  children,
}: Props<Asked, Data, Model, Answer>): VNode {
  const training = link.training.value;
  const state = training?.state;
  const playing = state === "playing";
  const ready = link.data.value !== undefined && link.lost.value === undefined;
  const active = underWay(training);
  const prepare = () => {
    if (!active) link.begin(settings.peek(), from?.peek() ?? "seed");
  };
  return (
    <Panel name="training" step={3} title="Train">
      <div class="transport">
        <button
          type="button"
          class="toggle main"
          disabled={!ready || state === "scoring"}
          onClick={() => {
            if (!playing) prepare();
            link.tell(playing ? "pause" : "play");
          }}
        >
          {playing ? "Pause" : active ? "Go on" : "Train"}
        </button>
        <Button
          icon="forward"
          label="One update"
          disabled={!ready || playing || state === "scoring"}
          onPress={() => {
            prepare();
            link.tell("step");
          }}
        />
        <Button
          icon="rewind"
          label="Rewind to the first weights"
          disabled={!training || state === "scoring"}
          onPress={() => link.tell("rewind")}
        />
        <button
          type="button"
          class="toggle"
          disabled={!active || state === "scoring"}
          onClick={() => link.tell("finish")}
        >
          Stop and score
        </button>
      </div>
      {training ? <Progress training={training} /> : <div class="soft small">{children}</div>}
      <ProblemNote problem={link.problems.value.training} />
      {training && training.history.update.length > 1 && (
        <Curves history={training.history} measure={measure} validation={validation} />
      )}
    </Panel>
  );
}

function Progress({ training }: { readonly training: TrainingReport }): VNode {
  const { state, update, updates, updatesPerSecond } = training;
  const left = updatesPerSecond > 0 ? (updates - update) / updatesPerSecond : undefined;
  const words = {
    ready: "Not begun.",
    playing:
      left === undefined
        ? "Beginning."
        : `${countText(Math.round(updatesPerSecond))} a second, ${durationText(left)} left.`,
    paused: "Paused.",
    scoring: "Scoring the test part, and the baselines beside it.",
    finished: "Done.",
  }[state];
  return (
    <div class="progress">
      <progress aria-label="Updates" max={updates} value={update} />
      <p class="small figures">
        Update {countText(update)} of {countText(updates)}. {words}
      </p>
      <p class="heard" role="status">
        {state === "playing" ? "Training." : words}
      </p>
    </div>
  );
}
