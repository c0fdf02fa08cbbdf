import { OptionError } from "@unroll/kernels";

/**
 * Reversing a chain of segments when only some of the states between them can be kept: binomial checkpointing,
 * "Revolve". Source: A. Griewank and A. Walther, "Algorithm 799: revolve", ACM TOMS 26 (2000).
 */
export type Action =
  /** Take the state of a slot as the current state, which is the one before `segment`. */
  | { readonly kind: "restore"; readonly segment: number; readonly slot: number }
  /** Keep the current state, the one before `segment`, in a slot. */
  | { readonly kind: "store"; readonly segment: number; readonly slot: number }
  /** Run `segment` forward for the state behind it; what it leaves on the tape is overwritten by the next one. */
  | { readonly kind: "advance"; readonly segment: number }
  /** Run `segment` forward with its tape and then back. */
  | { readonly kind: "reverse"; readonly segment: number };

/**
 * The least number of segments to advance for reversing `length` segments with `slots` kept states, the one before
 * the first segment among them: r·l - C(s+r, r-1) with the least r such that C(s+r, s) ≥ l.
 * @throws OptionError if length or slots is not a positive integer
 */
export function advances(length: number, slots: number): number {
  checkChain(length, slots);
  return fewestAdvances(length, slots);
}

function fewestAdvances(length: number, slots: number): number {
  let r = 0;
  let paths = 1; // C(s+r, s)
  let fewer = 0; // C(s+r, r-1)
  while (paths < length) {
    r++;
    // C(s+r, r-1) = C(s+r-1, r-1) · (s+r) / (s+1), and C(s+r-1, r-1) is the previous C(s+r-1, s).
    fewer = (paths * (slots + r)) / (slots + 1);
    paths = (paths * (slots + r)) / r;
  }
  return r * length - fewer;
}

/**
 * The actions that reverse `length` segments with `slots` kept states. Slot 0 holds the first state.
 * @throws OptionError if length or slots is not a positive integer
 */
export function schedule(length: number, slots: number): Action[] {
  checkChain(length, slots);
  const actions: Action[] = length > 1 ? [{ kind: "store", segment: 0, slot: 0 }] : [];
  let current = 0;
  const moveTo = (from: number, segment: number, slot: number): void => {
    if (current < from || current > segment) {
      actions.push({ kind: "restore", segment: from, slot });
      current = from;
    }
    while (current < segment) actions.push({ kind: "advance", segment: current++ });
  };
  const reverse = (from: number, to: number, slot: number): void => {
    if (to - from === 1 || slot === slots - 1) {
      for (let segment = to - 1; segment >= from; segment--) {
        moveTo(from, segment, slot);
        actions.push({ kind: "reverse", segment });
        current = segment + 1;
      }
      return;
    }
    const middle = from + bestSplit(to - from, slots - slot);
    moveTo(from, middle, slot);
    actions.push({ kind: "store", segment: middle, slot: slot + 1 });
    reverse(middle, to, slot + 1);
    reverse(from, middle, slot);
  };
  reverse(0, length, 0);
  return actions;
}

/** Where to keep the next state: the least m that minimizes m + advances(l - m, s - 1) + advances(m, s). */
function bestSplit(length: number, slots: number): number {
  let best = 1;
  let least = Number.POSITIVE_INFINITY;
  for (let m = 1; m < length; m++) {
    const total = m + fewestAdvances(length - m, slots - 1) + fewestAdvances(m, slots);
    if (total < least) {
      least = total;
      best = m;
    }
  }
  return best;
}

function checkChain(length: number, slots: number): void {
  for (const [name, value] of Object.entries({ length, slots })) {
    if (!Number.isSafeInteger(value) || value < 1)
      throw new OptionError("schedule", name, value, "a positive integer");
  }
}
