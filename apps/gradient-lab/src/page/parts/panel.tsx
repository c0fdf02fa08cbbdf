import type { ComponentChildren, VNode } from "preact";
import { useId, useState } from "preact/hooks";
import { usePage } from "./page.ts";

interface PanelProps {
  readonly name: string;
  readonly title: string;
  /** One sentence: what is to be seen. */
  readonly about?: string;
  /** What stands at the right of the title. */
  readonly aside?: ComponentChildren;
  /** What stays when the panel is folded. */
  readonly lead?: ComponentChildren;
  /** On a phone the panel can be folded, and at first is "folded" or "unfolded". */
  readonly folds?: "folded" | "unfolded";
  readonly children: ComponentChildren;
}

/** A part of the screen with a title. */
export function Panel({ name, title, about, aside, lead, folds, children }: PanelProps): VNode {
  const id = useId();
  const { narrow } = usePage();
  const [unfolded, setUnfolded] = useState(folds === "unfolded");
  const folding = folds !== undefined && narrow.value;
  return (
    <section class={`panel ${name}`} aria-labelledby={id}>
      <div class="panel-head">
        <h2 id={id}>{title}</h2>
        {folding && (
          <button
            type="button"
            class="toggle"
            aria-expanded={unfolded}
            aria-controls={`${id}-inside`}
            onClick={() => setUnfolded(!unfolded)}
          >
            {unfolded ? "Less" : "More"}
          </button>
        )}
        {aside}
      </div>
      {about && <p class="soft small about">{about}</p>}
      {lead}
      <div id={`${id}-inside`} class="panel-inside" hidden={folding && !unfolded}>
        {children}
      </div>
    </section>
  );
}
