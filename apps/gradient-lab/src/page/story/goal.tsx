import { useSignalEffect } from "@preact/signals";
import { Icon } from "@unroll/page-parts";
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { Goal as Aim } from "../../core/story.ts";
import { usePage } from "../parts/page.ts";

interface Props {
  readonly goal: Aim;
  readonly onReached?: () => void;
}

/** What the reader is to bring about; looks after every exact frame whether it is. */
export function Goal({ goal, onReached }: Props): VNode {
  const { lab, said, introducing } = usePage();
  const [reached, setReached] = useState(false);
  useSignalEffect(() => {
    const frame = lab.frame.value;
    if (!frame?.exact || introducing.value || reached || !goal.reached(frame)) return;
    setReached(true);
    said.value = goal.praise;
    onReached?.();
  });
  return (
    <div class="goal" data-reached={reached}>
      {reached ? (
        <p class="praise">
          <Icon name="right" /> <b>Done.</b> {goal.praise}
        </p>
      ) : (
        <>
          <p>
            <b>Your turn.</b> {goal.text}
          </p>
          <button type="button" class="toggle" onClick={() => lab.change(goal.solution)}>
            Show me
          </button>
        </>
      )}
    </div>
  );
}

/** Goals one after the other: the one to be reached, and above it the praise for the one before. */
export function Goals({ goals }: { readonly goals: readonly Aim[] }): VNode {
  const [reached, setReached] = useState(0);
  return (
    <>
      {goals.map((goal, i) =>
        i === reached || i === reached - 1 ? (
          <Goal key={goal.text} goal={goal} onReached={() => setReached(i + 1)} />
        ) : null,
      )}
    </>
  );
}
