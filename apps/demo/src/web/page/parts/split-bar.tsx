import type { VNode } from "preact";
import { countText } from "../../../terminal/words.ts";

interface SplitBarProps {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/** How much is learned from, watched and scored, in a picture and in words. */
export function SplitBar({ train, validation, test }: SplitBarProps): VNode {
  return (
    <>
      <div class="split" aria-hidden="true">
        <span style={{ flexGrow: train }} />
        <span style={{ flexGrow: validation }} />
        <span style={{ flexGrow: test }} />
      </div>
      <p class="small soft">
        {countText(train)} to learn from, {countText(validation)} to watch, {countText(test)} to score at the
        end. The test part is never seen before.
      </p>
    </>
  );
}
