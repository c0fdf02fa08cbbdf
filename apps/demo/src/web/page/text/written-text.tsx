import { focusable } from "@unroll/page-parts";
import type { VNode } from "preact";
import type { Page } from "./text-store.ts";

/** What the network wrote. A line under a character: it came as a surprise. */
export function WrittenText({ page }: { readonly page: Page }): VNode {
  return (
    <section class="paper" ref={focusable} aria-label="The text" data-done={page.done}>
      <p>
        <b>{page.prompt}</b>
        {page.runs.map(({ text, surprise }, i) =>
          surprise === 0 ? (
            text
          ) : (
            <span key={i} class={`surprise-${surprise}`}>
              {text}
            </span>
          ),
        )}
        {!page.done && <span class="caret" aria-hidden="true" />}
      </p>
    </section>
  );
}
