import { readModel } from "@unroll/io";
import { View } from "@unroll/kernels";
import { decodeText } from "../../decode-text.ts";
import { DataError } from "../../errors.ts";
import { BUILT_IN } from "../../series/built-in.ts";
import type { Fitted } from "../../series/correction.ts";
import { forecast } from "../../series/forecast.ts";
import { networksOf } from "../../series/name.ts";
import { seriesMember } from "../../series/network.ts";
import { prepare, prepareForecast } from "../../series/prepare.ts";
import { presetFor } from "../../series/presets.ts";
import type { SeriesFigures } from "../../series/result.ts";
import { readingIn, seriesModelIn } from "../../series/run-file.ts";
import { type SeriesData, seriesOf } from "../../series/series-data.ts";
import { parseSettings, type Settings } from "../../series/settings.ts";
import { seriesJob } from "../../series/train-series.ts";
import type { Job, RunRecord, Score } from "../../training/job.ts";
import { optimizerOf } from "../../training/optimizer.ts";
import { type UnfinishedRun, unfinishedRunIn } from "../../training/run-file.ts";
import type { Recipe } from "../engine/course.ts";
import { checkSize, figuresIn, settingsOr } from "../engine/files.ts";
import type { Given } from "../engine/messages.ts";
import { sha256 } from "../engine/sha256.ts";
import type { OpenedFile, Task } from "../engine/task.ts";
import type { Forecast, ForecastRequest, SeriesAbout, SeriesModelAbout } from "./messages.ts";

interface Source {
  readonly name: string;
  readonly data: SeriesData;
  readonly sha256: string;
}

/** A network that forecasts, and what was fitted to the series before it learned. */
interface Network {
  readonly model: Job["members"][number]["model"];
  readonly settings: Settings;
  readonly fitted: readonly Fitted[];
  readonly sha256: string;
}

interface Opened extends OpenedFile<SeriesModelAbout> {
  readonly network: Network;
}

/** The series task in a worker. */
export class SeriesTask implements Task<ForecastRequest, SeriesAbout, SeriesModelAbout> {
  readonly #answer: (forecast: Forecast) => void;
  #source: Source | undefined;
  #network: Network | undefined;

  constructor(answer: (forecast: Forecast) => void) {
    this.#answer = answer;
  }

  async takeData({ name, bytes, fill = false }: Given): Promise<SeriesAbout> {
    checkSize(name, bytes);
    const wanted = BUILT_IN[name]?.reading ?? (fill ? { fill } : {});
    const data = seriesOf(name.replace(/\.[^.]*$/, ""), decodeText(name, bytes), name, wanted);
    const preset = presetFor(name, data);
    prepare(name, data, { ...preset, seed: 1, seeds: 1 }); // says what is too short to learn from
    this.#source = { name, data, sha256: await sha256(bytes) };
    const { columns } = data.reading;
    return {
      name,
      sha256: this.#source.sha256,
      columns,
      rows: data.series.reduce((sum, { values }) => sum + values.rows, 0),
      step: data.step,
      series: data.series.map(({ name: own, values, times }) => ({
        name: own,
        values: columns.map((_, c) =>
          Float64Array.from({ length: values.rows }, (_, r) => values.data[r * values.columns + c]!),
        ),
        times,
      })),
      preset,
      horizon: preset.horizons.at(-1)!,
    };
  }

  begin(wanted: object): Recipe {
    const source = this.#source;
    if (!source) throw new DataError("Training", "needs a series first");
    const preset = { ...presetFor(source.name, source.data), seeds: 1 };
    const settings = settingsOr(parseSettings({ ...preset, ...wanted }), wanted);
    const record: RunRecord<Settings> = {
      task: "series",
      data: source.name,
      sha256: source.sha256,
      settings,
    };
    const prepared = prepare(source.name, source.data, settings);
    return () => {
      const optimizer = optimizerOf(settings);
      const members = [seriesMember(settings, optimizer, settings.seed, prepared)];
      return jobOf({ record, optimizer, members }, source);
    };
  }

  async open(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Opened> {
    const { model, record, fitted } = seriesModelIn(name, bytes);
    const { metadata } = readModel(bytes);
    const { settings } = record;
    const { updates, test } = figuresIn(name, metadata);
    const source = this.#source;
    const about: SeriesModelAbout = {
      network: networksOf(settings),
      parameters: model.parameters.size,
      data: record.data,
      settings,
      sha256: record.sha256,
      updates,
      test: Array.isArray(test) ? (test as SeriesFigures[]) : undefined,
    };
    const network = { model, settings, fitted, sha256: record.sha256 };
    if (!metadata.has("training") || source?.sha256 !== record.sha256) return { about, model, network };
    const recipe: Recipe = () => jobOf(unfinishedRunIn(name, bytes, "series", parseSettings), source);
    return { about, model, network, recipe };
  }

  use(job: Job, score?: Score): SeriesModelAbout {
    const { model } = score ?? job.members.at(-1)!;
    const settings = job.record.settings as Settings;
    const fitted = readingIn(job.metadata)!.fitted;
    this.#network = { model, settings, fitted, sha256: job.record.sha256 };
    return {
      network: networksOf(settings),
      parameters: model.parameters.size,
      data: job.record.data,
      updates: job.members.at(-1)!.model.optimizerState?.step ?? 0,
      settings,
      sha256: job.record.sha256,
      test: score?.figures.test as SeriesFigures[] | undefined,
    };
  }

  useFile(file: OpenedFile<SeriesModelAbout>): void {
    this.#network = (file as Opened).network;
  }

  lossOf(loss: number): number {
    return loss;
  }

  ask(request: ForecastRequest): void {
    const network = this.#network;
    const source = this.#source;
    if (!network || source?.sha256 !== network.sha256)
      throw new DataError("The forecast", "needs a network that learned this series");
    this.#answer(forecastAt(source, network, request));
  }

  fileName({ record }: Job): string {
    return `${record.data.replace(/\.[^.]*$/, "")}.safetensors`;
  }
}

function jobOf(
  run: Pick<UnfinishedRun<Settings>, "record" | "optimizer" | "members">,
  { name, data }: Source,
): Job {
  const prepared = prepare(name, data, run.record.settings);
  return seriesJob({ ...run, data, prepared, out: "", resume: "", next: [] });
}

function forecastAt({ name, data }: Source, network: Network, request: ForecastRequest): Forecast {
  const { model, settings, fitted } = network;
  const { series, column, cut, ahead, band } = request;
  const known = upTo(data, cut);
  const prepared = prepareForecast(name, known, settings, fitted, ahead)[series]!;
  // A band is what the test rows say; without rows there is none.
  const rows = forecast(model, prepared, band ? settings : { ...settings, test: 1 }, data.step, ahead);
  const values = Float64Array.from(rows, (row) => row.values[column]!);
  const listed = (side: "low" | "high"): Float64Array =>
    Float64Array.from(rows.flatMap((row) => row[side]?.[column] ?? []));
  const { values: all } = data.series[series]!;
  const at = (row: number): number => all.data[row * all.columns + column]!;
  const came = Math.min(ahead, all.rows - cut);
  const season = settings.seasons[0] ?? 1;
  const errorOf = (said: (i: number) => number): number | undefined => {
    let sum = 0;
    for (let i = 0; i < came; i++) sum += Math.abs(at(cut + i) - said(i));
    return came > 0 ? sum / came : undefined;
  };
  return {
    request,
    values,
    low: listed("low"),
    high: listed("high"),
    error: errorOf((i) => values[i]!),
    repeated: cut >= season ? errorOf((i) => at(cut - season + (i % season))) : undefined,
    season,
  };
}

/** The series as they were when so many rows were known. */
function upTo(data: SeriesData, cut: number): SeriesData {
  return {
    ...data,
    series: data.series.map(({ values, times, ...rest }) => {
      const rows = Math.min(cut, values.rows);
      const some = values.data.subarray(0, rows * values.columns);
      return { ...rest, values: new View(some, 0, rows, values.columns), times: times?.subarray(0, rows) };
    }),
  };
}
