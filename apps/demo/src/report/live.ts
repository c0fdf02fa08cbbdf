import { MultiBar, type Options, type Params, type SingleBar } from "cli-progress";
import { type Colors, type Output, widthOf } from "../terminal/streams.ts";
import { durationText, oneLine, shortNumber, sparkline } from "../terminal/words.ts";
import { Curve, RecentMean } from "./averages.ts";
import { plainReporter } from "./plain.ts";
import type { EvaluationEvent, Reporter, RunPlan, StepEvent } from "./reporter.ts";

export interface LiveOptions {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly colors: Colors;
  readonly now: () => number;
  /** Draws with ASCII characters only. */
  readonly ascii: boolean;
}

/** What the lines of the block show. */
interface Shown {
  plan?: RunPlan;
  step?: StepEvent;
  evaluation?: EvaluationEvent;
  best: number;
  readonly recent: RecentMean;
  readonly curve: Curve;
}

/**
 * A block of three lines at the bottom of the terminal, drawn at most ten times a second: bar and time left; training
 * loss and what is measured on the validation part; gradient norm before and after clipping. Samples scroll above it.
 */
export function liveReporter({ stdout, stderr, colors, now, ascii }: LiveOptions): Reporter {
  const plain = plainReporter(stdout, stderr, colors, now);
  const shown: Shown = { best: Number.POSITIVE_INFINITY, recent: new RecentMean(20), curve: new Curve(20) };
  let bars: MultiBar | undefined;
  let lines: SingleBar[] = [];
  let start = 0;
  let total = 1;

  /** Redraws when the timer of cli-progress next fires. */
  const touch = (step: number): void => {
    for (const line of lines) line.update(step);
  };
  const above = (text: string): void => {
    if (bars) bars.log(`${text}\n`);
    else stderr.write(`${text}\n`);
  };
  const close = (): void => {
    bars?.update();
    bars?.stop();
    bars = undefined;
    lines = [];
  };

  return {
    started(plan: RunPlan) {
      plain.started(plan);
      shown.plan = plan;
      start = plan.startStep;
      total = plan.totalSteps;
      bars = new MultiBar({
        stream: stderr as NodeJS.WritableStream,
        fps: 10,
        hideCursor: true,
        gracefulExit: false, // Ctrl-C is ours
        forceRedraw: true,
        etaBuffer: 50,
        barCompleteChar: ascii ? "#" : "█",
        barIncompleteChar: ascii ? "." : "░",
        barsize: Math.min(40, widthOf(stderr) - 36),
      });
      lines = [
        bars.create(total, start, {}, { format: (options, params) => barLine(options, params, colors) }),
        bars.create(total, start, {}, { format: () => lossLine(shown, colors, ascii, widthOf(stderr)) }),
        bars.create(total, start, {}, { format: () => gradientLine(shown) }),
      ];
      bars.update();
    },
    stepped(event) {
      shown.step = event;
      shown.recent.add(event.loss);
      shown.curve.add((event.step - start) / (total - start), event.loss);
      touch(event.step);
    },
    evaluated(event) {
      shown.evaluation = event;
      shown.best = Math.min(shown.best, event.value);
      touch(event.step);
    },
    sampled({ step, prompt, text }) {
      above(`${colors.dim(`step ${step}:`)} ${oneLine(prompt + text, widthOf(stderr) - 14)}`);
    },
    note: above,
    finished(result) {
      close();
      plain.finished(result);
    },
    interrupted(event) {
      close();
      plain.interrupted(event);
    },
    close,
  };
}

function barLine(options: Options, params: Params, colors: Colors): string {
  const size = options.barsize!;
  const done = Math.round(params.progress * size);
  const bar =
    colors.green(options.barCompleteChar!.repeat(done)) + options.barIncompleteChar!.repeat(size - done);
  // cli-progress gives a word instead of a number while it knows too little.
  const left = Number.isFinite(Number(params.eta)) ? `${durationText(params.eta)} left` : "";
  return `${bar} ${Math.floor(100 * params.progress)} %  step ${params.value}/${params.total}  ${left}`;
}

function lossLine(shown: Shown, colors: Colors, ascii: boolean, width: number): string {
  const { plan, step, evaluation, best, recent, curve } = shown;
  if (!plan || !step) return "";
  const { loss, validation } = plan;
  const train = `train ${loss.text(recent.mean)} ${loss.unit}`;
  const drawn = ascii || width < 80 ? "" : ` ${sparkline(curve.means)}`;
  if (!evaluation) return train + drawn;
  const now = `validation ${colors.bold(validation.text(evaluation.value))} ${validation.unit}`;
  return `${train}${drawn}  ${now} (best ${validation.text(best)})`;
}

function gradientLine({ step }: Shown): string {
  if (!step) return "";
  const { gradientNorm, clippedNorm, learningRate } = step;
  const clip = clippedNorm < gradientNorm ? `clipped to ${shortNumber(clippedNorm)}` : "not clipped";
  return `gradient norm ${shortNumber(gradientNorm)}, ${clip}  learning rate ${shortNumber(learningRate)}`;
}
