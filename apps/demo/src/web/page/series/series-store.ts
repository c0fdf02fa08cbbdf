import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from "@preact/signals";
import { makeSeriesWorker } from "../../browser/make-series-worker.ts";
import { TaskLink } from "../../browser/task-link.ts";
import type { Forecast, ForecastRequest, SeriesAbout, SeriesModelAbout } from "../../series/messages.ts";
import { defaultsOf } from "../training/settings.ts";
import { controls } from "./controls.ts";

/** Rows that the chart shows before the end of the series. */
const VIEW = 168;

/** The series tab: what is shown, and what follows from it. */
export class SeriesStore {
  readonly link: TaskLink<ForecastRequest, SeriesAbout, SeriesModelAbout, Forecast> = new TaskLink(
    makeSeriesWorker,
  );
  readonly settings: Signal<Readonly<Record<string, number>>> = signal(defaultsOf(controls));
  /** Which series and which of its columns are looked at. */
  readonly series: Signal<number> = signal(0);
  readonly column: Signal<number> = signal(0);
  /** Rows that are known to the network. */
  readonly cut: Signal<number> = signal(0);
  readonly forecast: Signal<Forecast | undefined> = signal(undefined);
  /** Whether the network in use learned from the data that is there. */
  readonly fits: ReadonlySignal<boolean> = computed(() => {
    const [data, model] = [this.link.data.value, this.link.model.value];
    return data !== undefined && model?.sha256 === data.sha256;
  });
  #asked: ForecastRequest | undefined;
  #next: ForecastRequest | undefined;

  constructor() {
    const { link } = this;
    link.onAnswer = (answer) => {
      this.forecast.value = answer;
      this.#asked = undefined;
      const next = this.#next;
      this.#next = undefined;
      if (next) this.#ask(next);
    };
    effect(() => {
      if (!link.problems.value.use && link.lost.value === undefined) return;
      this.#asked = undefined;
      this.#next = undefined;
    });
    effect(() => {
      const data = link.data.value;
      if (data) untracked(() => this.#start(data));
    });
    effect(() => {
      void link.model.value;
      void link.training.value?.history.evaluations.length;
      if (this.fits.value) untracked(() => this.look({}));
    });
  }

  /** The first row of the chart, and how many rows there are. */
  get rows(): number {
    return this.#shown?.values[0]?.length ?? 0;
  }
  get first(): number {
    return Math.max(0, this.rows - VIEW);
  }
  get ahead(): number {
    return this.link.data.peek()?.horizon ?? 1;
  }

  /** Looks at another place. While `dragging`, without the band. */
  look({
    cut,
    dragging = false,
    ...place
  }: {
    readonly cut?: number;
    readonly series?: number;
    readonly column?: number;
    readonly dragging?: boolean;
  }): void {
    if (place.series !== undefined) this.series.value = place.series;
    if (place.column !== undefined) this.column.value = place.column;
    const least = this.first + Math.floor((this.rows - this.first) / 5);
    if (cut !== undefined) this.cut.value = Math.min(this.rows, Math.max(least, cut));
    if (!this.fits.peek()) return;
    this.#ask({
      series: this.series.peek(),
      column: this.column.peek(),
      cut: this.cut.peek(),
      ahead: this.ahead,
      band: !dragging,
    });
  }

  get #shown(): SeriesAbout["series"][number] | undefined {
    return this.link.data.peek()?.series[this.series.peek()];
  }

  #start({ preset, horizon }: SeriesAbout): void {
    const names = Object.keys(this.settings.peek()).filter((name) => typeof preset[name] === "number");
    this.settings.value = {
      ...this.settings.peek(),
      ...Object.fromEntries(names.map((name) => [name, preset[name] as number])),
    };
    this.series.value = 0;
    this.column.value = 0;
    this.forecast.value = undefined;
    this.cut.value = Math.max(1, this.rows - horizon);
  }

  /** One question at a time; of those that wait, the newest. */
  #ask(request: ForecastRequest): void {
    if (this.#asked) {
      this.#next = request;
      return;
    }
    this.#asked = request;
    this.link.ask(request);
  }
}
