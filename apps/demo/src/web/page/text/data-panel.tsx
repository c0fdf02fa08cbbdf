import type { VNode } from "preact";
import { useId, useState } from "preact/hooks";
import { countText } from "../../../terminal/words.ts";
import { bytesOf } from "../../browser/files.ts";
import { DropZone, FilePicker } from "../parts/file-picker.tsx";
import { Panel } from "../parts/panel.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { underWay } from "../training/training-panel.tsx";
import { builtInText } from "./built-in-text.ts";
import { useTextStore } from "./context.ts";

/** The text to learn from. It never leaves the machine. */
export function DataPanel(): VNode {
  const { link } = useTextStore();
  const id = useId();
  const [fold, setFold] = useState(false);
  const [pasting, setPasting] = useState(false);
  const data = link.data.value;
  const locked = underWay(link.training.value);
  const take = (name: string, bytes: Uint8Array<ArrayBuffer>) => link.takeData({ name, bytes, fold });
  const file = (given: File) => bytesOf(given).then(({ name, bytes }) => take(name, bytes));
  return (
    <Panel name="data" step={1} title="Data">
      <DropZone label="A text file can be dropped here" onFile={(given) => !locked && file(given)}>
        {data ? (
          <>
            <p>
              <b>{data.name}</b>: {countText(data.characters)} characters, {data.symbols} different ones
            </p>
            <div class="split" aria-hidden="true">
              <span style={{ flexGrow: data.train }} />
              <span style={{ flexGrow: data.validation }} />
              <span style={{ flexGrow: data.test }} />
            </div>
            <p class="small soft">
              {countText(data.train)} to learn from, {countText(data.validation)} to watch,{" "}
              {countText(data.test)} to score at the end. The test part is never seen before.
            </p>
            <p class="preview small" translate={false}>
              {data.preview.slice(0, 280)} …
            </p>
          </>
        ) : (
          <p class="soft small">Moby-Dick is being read.</p>
        )}
        <fieldset class="buttons" disabled={locked}>
          <legend class="heard">Another text</legend>
          <FilePicker label="Choose a file" accept=".txt,.md,text/plain" onFile={file} />
          <button
            type="button"
            class="toggle"
            aria-expanded={pasting}
            aria-controls={`${id}-paste`}
            onClick={() => setPasting(!pasting)}
          >
            Paste
          </button>
          {data && data.name !== "moby-dick" && (
            <button
              type="button"
              class="toggle"
              onClick={() => builtInText().then((given) => link.takeData(given))}
            >
              Back to Moby-Dick
            </button>
          )}
        </fieldset>
        {pasting && (
          <form
            id={`${id}-paste`}
            class="paste"
            onSubmit={(event) => {
              event.preventDefault();
              const text = String(new FormData(event.currentTarget).get("text") ?? "");
              take("pasted text", new TextEncoder().encode(text));
              setPasting(false);
            }}
          >
            <label for={`${id}-text`}>Your text, some thousand characters or more</label>
            <textarea id={`${id}-text`} name="text" class="choice" rows={6} required />
            <label class="check">
              <input
                type="checkbox"
                checked={fold}
                onChange={({ currentTarget }) => setFold(currentTarget.checked)}
              />
              Fold accents and curly quotes to ASCII
            </label>
            <button type="submit" class="toggle main">
              Take this text
            </button>
          </form>
        )}
        <ProblemNote problem={link.problems.value.data} />
      </DropZone>
    </Panel>
  );
}
