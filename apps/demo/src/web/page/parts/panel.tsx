import type { ComponentChildren, VNode } from "preact";
import { useId } from "preact/hooks";

interface PanelProps {
  readonly name: string;
  /** Its place among the steps. */
  readonly step?: number;
  readonly title: string;
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A part of the screen with a title. */
export function Panel({ name, step, title, aside, children }: PanelProps): VNode {
  const id = useId();
  return (
    <section class={`panel ${name}`} aria-labelledby={id}>
      <div class="panel-head">
        <h2 id={id}>
          {step !== undefined && (
            <span class="step" aria-hidden="true">
              {step}
            </span>
          )}
          {title}
        </h2>
        {aside}
      </div>
      <div class="panel-inside">{children}</div>
    </section>
  );
}
