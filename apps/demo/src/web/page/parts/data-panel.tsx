import type { ComponentChildren, VNode } from "preact";
import { useId, useState } from "preact/hooks";
import { bytesOf } from "../../browser/files.ts";
import type { TaskLink } from "../../browser/task-link.ts";
import type { Given } from "../../engine/messages.ts";
import { underWay } from "../training/training-panel.tsx";
import { DropZone, FilePicker } from "./file-picker.tsx";
import { Panel } from "./panel.tsx";
import { ProblemNote } from "./problem-note.tsx";

/** Data that comes with the page. */
export interface BuiltInData {
  readonly name: string;
  readonly label: string;
  readonly load: () => Promise<Given>;
}

interface DataPanelProps<Asked, Data, Model, Answer> {
  readonly link: TaskLink<Asked, Data, Model, Answer>;
  /** The name of the data that is there. */
  readonly name: string | undefined;
  readonly builtIn: readonly BuiltInData[];
  /** `A text` */
  readonly noun: string;
  /** Endings of files. */
  readonly accept: string;
  /** What is to be pasted. */
  readonly pasteLabel: string;
  /** A choice of how data of one's own is read. */
  readonly option: { readonly name: "fold" | "fill"; readonly label: string } | undefined;
  /** About the data that is there. */
  readonly children: ComponentChildren;
}

/** What is learned from: what comes with the page, a file, a drop, a paste. It never leaves the machine. */
export function DataPanel<Asked, Data, Model, Answer>(
  props: DataPanelProps<Asked, Data, Model, Answer>,
): VNode {
  const { link, name, builtIn, noun, accept, pasteLabel, option, children } = props;
  const id = useId();
  const [chosen, choose] = useState(false);
  const [pasting, setPasting] = useState(false);
  const locked = underWay(link.training.value);
  const take = (given: Given) => link.takeData({ ...given, ...(option && { [option.name]: chosen }) });
  const file = (given: File) => bytesOf(given).then(take);
  const known = builtIn.some((each) => each.name === name);
  return (
    <Panel name="data" step={1} title="Data">
      <DropZone label={`${noun} can be dropped here as a file`} onFile={(given) => !locked && file(given)}>
        {children}
        <fieldset class="buttons" disabled={locked}>
          <legend class="heard">Other data</legend>
          {(builtIn.length > 1 || !known) && (
            <label class="built-in">
              <span class="heard">Data that comes with the page</span>
              <select
                class="choice compact"
                value={known ? name : ""}
                onChange={({ currentTarget }) => {
                  const wanted = builtIn.find((each) => each.name === currentTarget.value);
                  wanted?.load().then((given) => link.takeData(given));
                }}
              >
                {!known && <option value="">your own</option>}
                {builtIn.map(({ name: value, label }) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </select>
            </label>
          )}
          <FilePicker label="Choose a file" accept={accept} onFile={file} />
          <button
            type="button"
            class="toggle"
            aria-expanded={pasting}
            aria-controls={`${id}-paste`}
            onClick={() => setPasting(!pasting)}
          >
            Paste
          </button>
        </fieldset>
        {pasting && (
          <form
            id={`${id}-paste`}
            class="paste"
            onSubmit={(event) => {
              event.preventDefault();
              const text = String(new FormData(event.currentTarget).get("text") ?? "");
              take({ name: "pasted data", bytes: new TextEncoder().encode(text) });
              setPasting(false);
            }}
          >
            <label for={`${id}-text`}>{pasteLabel}</label>
            <textarea id={`${id}-text`} name="text" class="choice" rows={6} required />
            <button type="submit" class="toggle main">
              Take this
            </button>
          </form>
        )}
        {option && (
          <label class="check small">
            <input
              type="checkbox"
              checked={chosen}
              disabled={locked}
              onChange={({ currentTarget }) => choose(currentTarget.checked)}
            />
            {option.label}
          </label>
        )}
        <ProblemNote problem={link.problems.value.data} />
      </DropZone>
    </Panel>
  );
}
