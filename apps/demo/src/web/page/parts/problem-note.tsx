import type { VNode } from "preact";
import type { Problem } from "../../browser/task-link.ts";

/** What went wrong, where it went wrong. */
export function ProblemNote({ problem }: { readonly problem: Problem | undefined }): VNode {
  return (
    <div class="problem" role="alert" hidden={!problem}>
      {problem && (
        <>
          <p>{plain(problem.sentence)}</p>
          {problem.advice && <p class="small">{plain(problem.advice)}</p>}
        </>
      )}
    </div>
  );
}

/** A sentence of the terminal with the words of the page. */
function plain(sentence: string): string {
  const words = sentence.replace(/--[a-z-]+/g, (flag) => LABELS[flag] ?? flag.slice(2).replaceAll("-", " "));
  const first = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.?!:]$/.test(first) ? first : `${first}.`;
}

const LABELS: Readonly<Record<string, string>> = {
  "--prompt": "the beginning",
  "--batch": "number of streams",
  "--seq-len": "window",
  "--lr": "learning rate",
  "--clip": "clip",
  "--data": "the data",
};
