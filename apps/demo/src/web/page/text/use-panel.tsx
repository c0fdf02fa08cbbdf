import { Button } from "@unroll/page-parts";
import type { VNode } from "preact";
import { useId } from "preact/hooks";
import { bytesOf, download } from "../../browser/files.ts";
import { openInLab } from "../../browser/open-in-lab.ts";
import { calm } from "../parts/calm.ts";
import { DropZone, FilePicker } from "../parts/file-picker.tsx";
import { Panel } from "../parts/panel.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { useTextStore } from "./context.ts";
import { Ladder } from "./ladder.tsx";
import { ModelLine } from "./model-line.tsx";
import { WrittenText } from "./written-text.tsx";

/** What the network is good for: it writes. */
export function UsePanel(): VNode {
  const store = useTextStore();
  const { link } = store;
  const id = useId();
  const model = link.model.value;
  const page = store.page.value;
  const temperature = store.temperature.value;
  const open = (file: File) =>
    bytesOf(file)
      .then((bytes) => link.open(bytes))
      .then(() => store.write({ calm: calm() }));
  const write = () => store.write({ calm: calm() });
  return (
    <Panel name="use" title="What the network writes">
      <div class="use-inside">
        <DropZone label="A model file can be dropped here" onFile={open}>
          {model && <ModelLine model={model} />}
          <WrittenText page={page} />
          <p class="small soft legend">
            {page.characters > 0 && (
              <>
                Surprise of what it wrote itself:{" "}
                <span class="figures">{(page.bits / page.characters).toFixed(2)}</span> bits per character.{" "}
              </>
            )}
            <span class="surprise-1">some</span>, <span class="surprise-2">more</span>,{" "}
            <span class="surprise-3">great surprise</span>
          </p>
        </DropZone>
        {model?.baselines && <Ladder model={model} />}
      </div>
      <div class="use-controls">
        <label class="field" for={`${id}-prompt`}>
          <span>Begins with</span>
          <input
            id={`${id}-prompt`}
            class="choice"
            maxLength={200}
            value={store.prompt.value}
            onInput={({ currentTarget }) => (store.prompt.value = currentTarget.value)}
            onChange={write}
          />
        </label>
        <label class="field" for={`${id}-temperature`}>
          <span>
            Temperature <output class="figures">{temperature.toFixed(2)}</output>
          </span>
          <input
            id={`${id}-temperature`}
            class="slider"
            type="range"
            min={0}
            max={1.5}
            step={0.05}
            value={temperature}
            ref={(slider) => slider?.style.setProperty("--at", `${(100 * temperature) / 1.5}%`)}
            onInput={({ currentTarget }) => {
              store.temperature.value = currentTarget.valueAsNumber;
              write();
            }}
          />
        </label>
        <div class="buttons">
          {page.done ? (
            <Button
              icon="play"
              label="Write another"
              wide
              onPress={() => store.write({ another: true, calm: calm() })}
            />
          ) : (
            <Button icon="pause" label="Stop writing" wide onPress={() => store.hush()} />
          )}
          <button type="button" class="toggle" onClick={() => link.save(download)}>
            Save model
          </button>
          <FilePicker label="Open model" accept=".safetensors" onFile={open} />
          <button type="button" class="toggle" onClick={() => openInLab((take) => link.save(take))}>
            Open in the gradient lab
          </button>
        </div>
      </div>
      <ProblemNote problem={link.problems.value.use} />
      <ProblemNote problem={link.problems.value.model} />
    </Panel>
  );
}
