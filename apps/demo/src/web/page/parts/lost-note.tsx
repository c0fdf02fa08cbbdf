import type { VNode } from "preact";

interface LostNoteProps {
  /** Why; undefined while all is well. */
  readonly why: string | undefined;
  readonly onRestart: () => void;
}

/** The worker is gone; nothing else is. */
export function LostNote({ why, onRestart }: LostNoteProps): VNode {
  return (
    <div class="problem lost" role="alert" hidden={why === undefined}>
      {why !== undefined && (
        <>
          <p>
            The computation broke off: {why}. What had been learned up to the last pause or evaluation is
            kept.
          </p>
          <button type="button" class="toggle main" onClick={onRestart}>
            Start it again
          </button>
        </>
      )}
    </div>
  );
}
