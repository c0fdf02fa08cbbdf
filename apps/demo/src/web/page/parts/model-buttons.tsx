import type { VNode } from "preact";
import { bytesOf, download } from "../../browser/files.ts";
import type { TaskLink } from "../../browser/task-link.ts";
import { FilePicker } from "./file-picker.tsx";

interface ModelButtonsProps<Asked, Data, Model, Answer> {
  readonly link: TaskLink<Asked, Data, Model, Answer>;
}

/** Saves the network in use, opens another one: the files of the terminal. */
export function ModelButtons<Asked, Data, Model, Answer>({
  link,
}: ModelButtonsProps<Asked, Data, Model, Answer>): VNode {
  return (
    <>
      <button type="button" class="toggle" onClick={() => link.save(download)}>
        Save model
      </button>
      <FilePicker
        label="Open model"
        accept=".safetensors"
        onFile={(file) => bytesOf(file).then((bytes) => link.open(bytes))}
      />
    </>
  );
}
