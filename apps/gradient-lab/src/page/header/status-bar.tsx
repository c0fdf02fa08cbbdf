import type { VNode } from "preact";
import { usePage } from "../parts/page.ts";

/** All numbers in a sentence, and how they were computed. */
export function StatusBar(): VNode {
  const { lab } = usePage();
  const frame = lab.frame.value;
  const progress = lab.progress.value;
  return (
    <footer class="status figures">
      <p>{frame?.status.detail}</p>
      <p class="soft">
        {progress !== undefined && <progress value={progress} aria-label="Exact values" />}
        {frame && (
          <>
            {frame.exact ? "exact" : "~ estimated"} · {Math.max(1, Math.round(frame.milliseconds))} ms ·{" "}
            {frame.backend}
          </>
        )}
      </p>
    </footer>
  );
}
