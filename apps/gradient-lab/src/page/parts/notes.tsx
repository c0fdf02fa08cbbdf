import { Button } from "@unroll/page-parts";
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { usePage } from "./page.ts";

/** What was changed in the values of a link or file, and what went wrong. */
export function Notes(): VNode | null {
  const { lab } = usePage();
  const [read, setRead] = useState<readonly string[]>();
  const notes = lab.notes.value;
  const problem = lab.problem.value;
  const stopped = lab.training.status.value.stopped;
  const shown = [...(notes === read ? [] : notes)];
  if (!problem && !stopped && shown.length === 0) return null;
  return (
    <div class="notes">
      {problem && <p role="alert">{problem}</p>}
      {stopped && <p role="alert">{stopped}</p>}
      {shown.length > 0 && (
        <div class="note" role="alert">
          <ul>
            {shown.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
          <Button icon="close" label="Close" onPress={() => setRead(notes)} />
        </div>
      )}
    </div>
  );
}
