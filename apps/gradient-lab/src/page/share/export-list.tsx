import type { VNode } from "preact";
import { usePage } from "../parts/page.ts";
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
  return (
    <>
      {files.map((file) => (
        <button type="button" key={file.name} onClick={() => save(file)}>
          {file.label}
        </button>
      ))}
    </>
  );
}
