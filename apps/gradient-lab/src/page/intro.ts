import { effect } from "@preact/signals";
import { opening } from "../core/stories/index.ts";
import type { Page } from "./parts/page.ts";

/** When the gain stands at each value of the sweep, in milliseconds after the first picture, and for how long. */
const FIRST = 500;
const TRAVEL = 900;
const STAY = 800;
/** Between two changes on the way. */
const TICK = 50;
const INPUTS = ["pointerdown", "keydown", "wheel", "touchstart"] as const;

/**
 * The first ten seconds: the gain goes once through the values of the sweep, so that the gradient vanishes, explodes and
 * settles by itself; then the gain has the focus. Any input ends it at once. With reduced motion the gain leaps.
 */
export function playIntro(page: Page): void {
  const { lab, introducing } = page;
  introducing.value = true;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const end = () => {
    clearTimeout(timer);
    stopWaiting();
    for (const input of INPUTS) removeEventListener(input, end, true);
    if (!introducing.peek()) return;
    const last = opening.sweep[opening.sweep.length - 1];
    lab.change({ gain: last });
    introducing.value = false;
  };
  const go = (moments: readonly Moment[]) => {
    const [next, ...rest] = moments;
    if (!next) {
      end();
      focusGain();
      return;
    }
    timer = setTimeout(() => {
      lab.change({ gain: next.gain }, { dragging: rest.length > 0 });
      go(rest);
    }, next.after);
  };

  for (const input of INPUTS) addEventListener(input, end, { capture: true, passive: true });
  const stopWaiting = effect(() => {
    if (!lab.frame.value || timer !== undefined) return;
    go(
      momentsOf(lab.state.peek().gain, opening.sweep, matchMedia("(prefers-reduced-motion: reduce)").matches),
    );
  });
}

interface Moment {
  readonly after: number;
  readonly gain: number;
}

/** The gains on the way and the pauses before them: in small steps, or leaping. */
function momentsOf(from: number, sweep: readonly number[], leaping: boolean): readonly Moment[] {
  const moments: Moment[] = [];
  let at = from;
  for (const [i, to] of sweep.entries()) {
    const pause = i === 0 ? FIRST : STAY;
    if (leaping) moments.push({ after: pause + TRAVEL, gain: to });
    else
      for (let passed = TICK; passed <= TRAVEL; passed += TICK) {
        const gain = at + (to - at) * eased(passed / TRAVEL);
        moments.push({ after: TICK + (passed === TICK ? pause : 0), gain: Number(gain.toFixed(2)) });
      }
    at = to;
  }
  return moments;
}

/** Slow at both ends. */
function eased(part: number): number {
  return part * part * (3 - 2 * part);
}

function focusGain(): void {
  if (document.activeElement && document.activeElement !== document.body) return;
  const sliders = document.querySelectorAll<HTMLElement>('.control[data-name="gain"] input[type="range"]');
  for (const slider of sliders) if (slider.checkVisibility()) slider.focus({ preventScroll: true });
}
