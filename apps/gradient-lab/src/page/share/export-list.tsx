import type { VNode } from "preact";
import { commandOf } from "../../core/export/command.ts";
import { programOf } from "../../core/export/program/program.ts";
import { usePage } from "../parts/page.ts";
import { copyText } from "./copy-text.ts";
import { download, files, type SavedFile } from "./files.ts";

/** The files that can be saved of what is shown. */
export function ExportList({ onDone }: { readonly onDone: () => void }): VNode {
  const { lab, selected, said } = usePage();
  const save = async ({ name, make }: SavedFile): Promise<void> => {
    const frame = lab.frame.peek();
    if (!frame) return;
    onDone();
    try {
      const shown = {
        frame,
        pinned: lab.pinned.peek(),
        history: lab.training.history.peek(),
        state: lab.state.peek(),
        sections: lab.training.status.peek().sections,
        model: lab.model.peek(),
        mode: lab.state.peek().map,
        t: Math.min(selected.peek().t, frame.steps),
      };
      download(await make(shown), name);
      said.value = `Saved gradient-lab-${name}.`;
    } catch (error) {
      said.value = `Could not save ${name}: ${error instanceof Error ? error.message : String(error)}.`;
    }
  };
  const copy = async (what: string, text: string): Promise<void> => {
    onDone();
    const done = await copyText(text);
    said.value = done ? `The ${what} is copied.` : `The browser keeps the ${what} from being copied.`;
    if (!done) lab.tell([said.value]);
  };
  // What a link doesn't tell, no short program does.
  const beyond = lab.model.value !== undefined || lab.training.status.value.sections.length > 1;
  return (
    <>
      {files.map((file) => (
        <button type="button" key={file.name} onClick={() => save(file)}>
          {file.label}
        </button>
      ))}
      {!beyond && (
        <button type="button" onClick={() => copy("program", programOf(lab.state.peek()))}>
          Copy as TypeScript
        </button>
      )}
      <button type="button" onClick={() => copy("command", commandOf(lab.state.peek(), beyond))}>
        Copy the terminal command
      </button>
    </>
  );
}
