import { countText, shortNumber } from "../terminal/words.ts";
import { committee } from "../training/committee.ts";
import type { Job, Score, TaskRun } from "../training/job.ts";
import type { Member } from "../training/member.ts";
import { turn } from "../training/turn.ts";
import { nameOf, networksOf } from "./name.ts";
import { seriesMember, stepOptions, trainingWindows } from "./network.ts";
import type { PreparedSeries } from "./prepare.ts";
import { baselineFigures, networkFigures, type SeriesFigures } from "./result.ts";
import { decimals, resultText } from "./result-text.ts";
import { seriesMetadata } from "./run-file.ts";
import type { SeriesData } from "./series-data.ts";
import type { Settings } from "./settings.ts";
import { timeText } from "./time.ts";
import { Validation } from "./validate.ts";

/** Measurements on the validation part while a network learns. */
const EVALUATIONS = 10;

/** A run on series, new or read from its file, and where it goes. */
export interface SeriesRun extends TaskRun<Settings> {
  readonly data: SeriesData;
  readonly prepared: readonly PreparedSeries[];
}

/** A run on series as a job for `train`. */
export function seriesJob(run: SeriesRun): Job {
  const { record, data, prepared, members, optimizer, out, resume, next } = run;
  const { settings } = record;
  const validation = new Validation(prepared);
  return {
    record,
    metadata: seriesMetadata(data, prepared),
    plan: planOf(run, validation),
    optimizer,
    step: stepOptions(settings, optimizer),
    evaluations: EVALUATIONS,
    keep: settings.withValidation ? "last" : "best",
    members,
    begin: (seed) => seriesMember(settings, optimizer, seed, prepared),
    trainingData: (seed) => trainingWindows(prepared, settings, seed),
    validate: async (model) => validation.error(model),
    scoring: "Forecasting the test part: the network, then simple rules ...",
    score: (networks, signal) => score(run, networks, signal),
    out,
    resume,
    next,
  };
}

function planOf({ data, prepared, record }: SeriesRun, { ownUnit }: Validation): Job["plan"] {
  const { settings } = record;
  const { columns } = data.reading;
  const rows = { train: 0, validation: 0, test: 0 };
  for (const { split } of prepared) {
    rows.train += split.train;
    rows.validation += split.validation - split.train;
    rows.test += split.rows - split.validation;
  }
  const several = prepared.length > 1 ? `${prepared.map(({ series }) => series.name).join(", ")}: ` : "";
  const learned = settings.withValidation
    ? `${countText(rows.train + rows.validation)} rows to learn from`
    : `${countText(rows.train)} rows to learn from, ${countText(rows.validation)} to validate`;
  const places = decimals(prepared.flatMap(({ fitted }) => fitted.scaling.scale));
  return {
    data: data.name,
    about: `${several}${columns.join(", ")}; ${learned}, ${countText(rows.test)} to test${spanText(data)}`,
    details: { columns, series: prepared.map(({ series }) => series.name), rows },
    network: networksOf(settings),
    loss: { unit: `loss (${settings.loss})`, text: shortNumber },
    validation: {
      unit: ownUnit ? `MAE ${columns[0]}` : "scaled MAE",
      key: "validationError",
      text: (value) => value.toFixed(ownUnit ? places : 4),
    },
  };
}

/** From when to when the first series goes. */
function spanText({ series, step }: SeriesData): string {
  const { times } = series[0]!;
  return times ? `; ${timeText(times[0]!, step)} to ${timeText(times.at(-1)!, step)}` : "";
}

/** All networks and their mean on the test part, then the simple rules. */
async function score(
  { prepared, record, data }: SeriesRun,
  members: readonly Member[],
  signal: AbortSignal,
): Promise<Score | undefined> {
  const { settings } = record;
  const model = committee(members.map((member) => member.model));
  const test: SeriesFigures[] = [];
  for (const each of prepared) {
    const from = each.split.validation;
    const seeds = [];
    for (const member of members) {
      await turn();
      if (signal.aborted) return undefined;
      seeds.push(networkFigures(`seed ${member.seed}`, member.model, each, from, settings));
    }
    test.push({
      series: each.series.name,
      columns: data.reading.columns,
      horizons: settings.horizons,
      baselines: baselineFigures(each, settings, from),
      alone:
        settings.share < 1
          ? networkFigures(networksOf(settings), model, each, from, { ...settings, share: 1 })
          : undefined,
      network: networkFigures(nameOf(settings), model, each, from, settings),
      seeds,
    });
  }
  const validation = members.map(({ best }) => best.value);
  return {
    model,
    figures: { validation, test },
    fields: { validation, test },
    text: (steps, seconds) => resultText(test, steps, seconds),
  };
}
