import { signal } from "@preact/signals-core";
import type { Frame } from "../src/core/frame.ts";
import type { Lab } from "../src/core/lab.ts";
import type { LabState } from "../src/core/settings.ts";
import { IDLE, NO_HISTORY } from "../src/core/training/lab-training.ts";

/** A lab in which nothing happens: one state and its frame, for a picture of the page. */
export function stillLab(state: LabState, frame: Frame): Lab {
  const nothing = () => {};
  return {
    state: signal(state),
    jumps: signal(0),
    frame: signal(frame),
    pinned: signal(undefined),
    detail: signal(undefined),
    progress: signal(undefined),
    notes: signal([]),
    problem: signal(undefined),
    model: signal(undefined),
    training: {
      status: signal(IDLE),
      history: signal(NO_HISTORY),
      play: nothing,
      pause: nothing,
      forward: nothing,
      back: nothing,
      rewind: nothing,
      seek: nothing,
      branch: nothing,
    },
    change: nothing,
    open: nothing,
    tell: nothing,
    togglePin: nothing,
    dispose: nothing,
  };
}
