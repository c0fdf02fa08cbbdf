import "./classify.css";
import names from "@unroll/datasets/names.json?url";
import type { VNode } from "preact";
import { useId } from "preact/hooks";
import checkpoint from "../../../../checkpoints/names.safetensors?url";
import { countText } from "../../../terminal/words.ts";
import { fetched } from "../../browser/files.ts";
import { builtIn } from "../parts/built-in.ts";
import { DataPanel } from "../parts/data-panel.tsx";
import { LostNote } from "../parts/lost-note.tsx";
import { ModelButtons } from "../parts/model-buttons.tsx";
import { Panel } from "../parts/panel.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { SplitBar } from "../parts/split-bar.tsx";
import { ModelPanel } from "../training/model-panel.tsx";
import { TrainingPanel } from "../training/training-panel.tsx";
import { ClassifyStore } from "./classify-store.ts";
import { controls } from "./controls.ts";
import { Deciding } from "./deciding.tsx";
import { Labels } from "./labels.tsx";
import { Result } from "./result.tsx";

const BUILT_IN = [builtIn("names", "Surnames by language", names)];

/** The tab, with the names and the network that come with the page. */
export function loadClassify(): () => VNode {
  const store = new ClassifyStore();
  store.link.wake();
  Promise.all([BUILT_IN[0]!.load(), fetched(checkpoint)]).then(([given, bytes]) => {
    store.link.takeData(given);
    store.link.open({ name: "names.safetensors", bytes });
  });
  return () => <ClassifyTab store={store} />;
}

/** Classify: a network that learned to label a text. */
function ClassifyTab({ store }: { readonly store: ClassifyStore }): VNode {
  const { link, settings } = store;
  const data = link.data.value;
  return (
    <>
      <LostNote why={link.lost.value} onRestart={() => link.restart()} />
      <Use store={store} />
      <DataPanel
        link={link}
        name={data?.name ?? "names"}
        builtIn={BUILT_IN}
        noun="Labelled lines"
        accept=".tsv,.csv,.txt,text/csv"
        pasteLabel="Lines of label, tab, text"
        option={undefined}
      >
        {data && (
          <>
            <p>
              <b>{data.name}</b>: {countText(data.lines)} {data.noun}s, {data.classes.length} labels,{" "}
              {data.symbols} different characters
            </p>
            <SplitBar {...data} />
            <p class="small soft">
              {data.classes.map(({ label, count }) => `${label} ${countText(count)}`).join(", ")}
            </p>
          </>
        )}
      </DataPanel>
      <ModelPanel link={link} controls={controls} settings={settings} />
      <TrainingPanel link={link} settings={settings} measure="Nats per line">
        <p>
          One network learns to label a line at its end. What is written above is labelled with the weights of
          the newest evaluation.
        </p>
      </TrainingPanel>
    </>
  );
}

function Use({ store }: { readonly store: ClassifyStore }): VNode {
  const { link, text, answer, result } = store;
  const id = useId();
  const model = link.model.value;
  const shown = answer.value;
  const examples = link.data.value?.examples ?? [];
  return (
    <Panel name="use" title="What the network says of a text">
      <div class="classify-inside">
        <div class="classify-text">
          <label class="field" for={id}>
            <span>A text</span>
            <input
              id={id}
              class="choice large"
              maxLength={200}
              value={text.value}
              autocomplete="off"
              spellcheck={false}
              onInput={({ currentTarget }) => store.label(currentTarget.value)}
            />
          </label>
          {shown && shown.text !== "" && <Deciding answer={shown} />}
          {shown && shown.unknown.length > 0 && (
            <p class="small soft">The network never saw {[...new Set(shown.unknown)].join(" ")}.</p>
          )}
          {examples.length > 0 && (
            <div class="buttons examples">
              {examples.map(({ text: example, label }) => (
                <button key={label} type="button" class="toggle" onClick={() => store.label(example)}>
                  {example}
                </button>
              ))}
            </div>
          )}
        </div>
        {shown && shown.text !== "" && <Labels answer={shown} />}
      </div>
      <div class="buttons">
        <ModelButtons link={link} />
      </div>
      <ProblemNote problem={link.problems.value.use} />
      <ProblemNote problem={link.problems.value.model} />
      {model && (
        <p class="model-line">
          <b>{model.network}</b>, {countText(model.parameters)} weights, on <b>{model.data}</b>,{" "}
          {model.updates === 0 ? "untrained" : `after ${countText(model.updates)} updates`}.
        </p>
      )}
      {result.value && <Result result={result.value} />}
    </Panel>
  );
}
