import { Icon } from "@unroll/page-parts";
import type { VNode } from "preact";
import { usePage } from "../parts/page.ts";

/** The question of the lab, and its answer in one number and one sentence. */
export function Headline(): VNode {
  const frame = usePage().lab.frame.value;
  const status = frame?.status;
  return (
    <div class="headline" data-regime={status?.regime}>
      <p class="answer figures">{status?.answer ?? " "}</p>
      <div class="asked">
        <p class="question">{status?.question ?? " "}</p>
        <p class="verdict">
          {status && <Icon name={status.regime} />}
          <span>{status?.headline ?? "Computing …"}</span>
        </p>
      </div>
    </div>
  );
}
