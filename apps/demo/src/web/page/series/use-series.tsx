import { figure, ValuesTable } from "@unroll/page-parts";
import type { VNode } from "preact";
import { addStep, timeText } from "../../../series/time.ts";
import { countText } from "../../../terminal/words.ts";
import type { SeriesAbout } from "../../series/messages.ts";
import { ModelButtons } from "../parts/model-buttons.tsx";
import { Panel } from "../parts/panel.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { ErrorsTable } from "./errors-table.tsx";
import { ForecastChart } from "./forecast-chart.tsx";
import type { SeriesStore } from "./series-store.ts";

/** What the network is good for: it says what comes next. */
export function UseSeries({ store }: { readonly store: SeriesStore }): VNode {
  const { link } = store;
  const data = link.data.value;
  const model = link.model.value;
  return (
    <Panel name="use" title="What the network expects">
      {data ? <Choices store={store} data={data} /> : <p class="soft small">The series are being read.</p>}
      {data && <ForecastChart store={store} data={data} />}
      {data && <Verdict store={store} data={data} />}
      <div class="buttons">
        <ModelButtons link={link} />
      </div>
      <ProblemNote problem={link.problems.value.use} />
      <ProblemNote problem={link.problems.value.model} />
      {model && store.fits.value && (
        <p class="model-line">
          <b>{model.network}</b>, {countText(model.parameters)} weights, on <b>{model.data}</b>,{" "}
          {model.updates === 0 ? "untrained" : `after ${countText(model.updates)} updates`}.
        </p>
      )}
      {model?.test && store.fits.value && (
        <ErrorsTable figures={model.test[store.series.value]} column={store.column.value} />
      )}
    </Panel>
  );
}

function Choices({ store, data }: { readonly store: SeriesStore; readonly data: SeriesAbout }): VNode | null {
  const { series, columns } = data;
  if (series.length * columns.length === 1) return null;
  return (
    <div class="buttons">
      {series.length > 1 && (
        <select
          class="choice compact"
          aria-label="Series"
          value={store.series.value}
          onChange={({ currentTarget }) => store.look({ series: Number(currentTarget.value) })}
        >
          {series.map(({ name }, i) => (
            <option key={name} value={i}>
              {name}
            </option>
          ))}
        </select>
      )}
      {columns.length > 1 && (
        <select
          class="choice compact"
          aria-label="Column"
          value={store.column.value}
          onChange={({ currentTarget }) => store.look({ column: Number(currentTarget.value) })}
        >
          {columns.map((name, i) => (
            <option key={name} value={i}>
              {name}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}

/** What the picture shows, in words and as a table. */
function Verdict({ store, data }: { readonly store: SeriesStore; readonly data: SeriesAbout }): VNode {
  const forecast = store.forecast.value;
  if (!store.fits.value || !forecast)
    return (
      <p class="verdict-line">
        {store.fits.value
          ? "…"
          : "No network has learned this series yet. Train one below: it takes seconds."}
      </p>
    );
  const { request, values, low, high, error, repeated, season } = forecast;
  const { times, values: all } = data.series[request.series]!;
  const came = all[request.column]!;
  const last = times?.[request.cut - 1];
  const told = (i: number): string =>
    last === undefined || !data.step
      ? `row ${request.cut + i + 1}`
      : timeText(addStep(last, data.step, i + 1), data.step);
  return (
    <>
      <p class="verdict-line" role="status">
        From {told(0)} on, {values.length} rows ahead
        {error === undefined ? (
          ": nobody knows yet."
        ) : (
          <>
            : off by <b class="figures">{figure(error)}</b> a row
            {repeated !== undefined && (
              <>
                ; repeating the last {season === 1 ? "row" : `${season} rows`}:{" "}
                <span class="figures">{figure(repeated)}</span>
              </>
            )}
            .
          </>
        )}{" "}
        <span class="soft">Drag the cut, or move it with the arrow keys.</span>
      </p>
      <ul class="legend small soft">
        <li class="key-known">known</li>
        <li class="key-came">what came</li>
        <li class="key-expected">expected</li>
        <li class="key-band">four of five should lie here</li>
      </ul>
      <ValuesTable
        caption="What the network expects, and what came"
        columns={["when", "expected", "from", "to", "came"]}
        rows={values.length}
        row={(i) => [
          told(i),
          ...[values[i], low[i], high[i], came[request.cut + i]].map((value) =>
            value === undefined ? "" : figure(value),
          ),
        ]}
      />
    </>
  );
}
