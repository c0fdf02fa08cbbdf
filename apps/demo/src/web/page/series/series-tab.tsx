import "./series.css";
import births from "@unroll/datasets/births.csv?url";
import co2 from "@unroll/datasets/co2.csv?url";
import weather from "@unroll/datasets/weather.csv?url";
import type { VNode } from "preact";
import checkpoint from "../../../../checkpoints/births.safetensors?url";
import { timeText } from "../../../series/time.ts";
import { countText } from "../../../terminal/words.ts";
import { fetched } from "../../browser/files.ts";
import { builtIn } from "../parts/built-in.ts";
import { DataPanel } from "../parts/data-panel.tsx";
import { LostNote } from "../parts/lost-note.tsx";
import { ModelPanel } from "../training/model-panel.tsx";
import { TrainingPanel } from "../training/training-panel.tsx";
import { controls } from "./controls.ts";
import { SeriesStore } from "./series-store.ts";
import { UseSeries } from "./use-series.tsx";

const BUILT_IN = [
  builtIn("births", "US births by day", births),
  builtIn("weather", "Weather in two cities", weather),
  builtIn("co2", "Carbon dioxide by month", co2),
];

/** The tab, with the series and the network that come with the page. */
export function loadSeries(): () => VNode {
  const store = new SeriesStore();
  store.link.wake();
  Promise.all([BUILT_IN[0]!.load(), fetched(checkpoint)]).then(([given, bytes]) => {
    store.link.takeData(given);
    store.link.open({ name: "births.safetensors", bytes });
  });
  return () => <SeriesTab store={store} />;
}

/** Series: a network that learned to say the next row. */
function SeriesTab({ store }: { readonly store: SeriesStore }): VNode {
  const { link, settings } = store;
  const data = link.data.value;
  const times = data?.series[0]?.times;
  return (
    <>
      <LostNote why={link.lost.value} onRestart={() => link.restart()} />
      <UseSeries store={store} />
      <DataPanel
        link={link}
        name={data?.name ?? "births"}
        builtIn={BUILT_IN}
        noun="A table of comma-separated values"
        accept=".csv,.tsv,.txt,text/csv"
        pasteLabel="Comma-separated values, the names of the columns in the first line"
        option={{ name: "fill", label: "Fill gaps with the value before" }}
      >
        {data && (
          <p>
            <b>{data.name}</b>: {countText(data.rows)} rows of {data.columns.join(", ")}
            {data.series.length > 1 && `, ${data.series.map(({ name }) => name).join(" and ")}`}
            {times && `, from ${timeText(times[0]!, data.step)} to ${timeText(times.at(-1)!, data.step)}`}
          </p>
        )}
      </DataPanel>
      <ModelPanel link={link} controls={controls} settings={settings} />
      <TrainingPanel
        link={link}
        settings={settings}
        measure="Loss"
        validation={
          data && data.columns.length === 1
            ? "Error on the validation rows"
            : "Scaled error on the validation rows"
        }
      >
        <p>One network learns from the rows before the validation part. The forecast above follows it.</p>
      </TrainingPanel>
    </>
  );
}
