import type { ComponentChildren, VNode } from "preact";

/** What the lines and marks of a picture are, for those who ask. */
export function Explained({
  of,
  children,
}: {
  readonly of: string;
  readonly children: ComponentChildren;
}): VNode {
  return (
    <details class="values small">
      <summary>
        What is drawn<span class="heard">: {of}</span>
      </summary>
      <dl class="explained">{children}</dl>
    </details>
  );
}

interface TermProps {
  readonly name: string;
  readonly color?: string;
  readonly children: ComponentChildren;
}

/** One of them. */
export function Term({ name, color, children }: TermProps): VNode {
  return (
    <div>
      <dt style={color && { color: `var(${color})` }}>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
