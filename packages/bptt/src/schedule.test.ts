import { expect, test } from "vitest";
import { type Action, advances, schedule } from "./schedule.ts";

/** C(n, k) exactly. */
function binomial(n: bigint, k: bigint): bigint {
  let result = 1n;
  for (let i = 1n; i <= k; i++) result = (result * (n - k + i)) / i;
  return result;
}

/** r·l - C(s+r, r-1), r the least with C(s+r, s) ≥ l. */
function formula(l: number, s: number): number {
  let r = 0n;
  while (binomial(BigInt(s) + r, BigInt(s)) < BigInt(l)) r++;
  return Number(r * BigInt(l) - (r === 0n ? 0n : binomial(BigInt(s) + r, r - 1n)));
}

/** Plays the actions as a machine with slots and one current state would; returns how often it advanced. */
function play(actions: readonly Action[], length: number, slots: number): number {
  const kept: (number | undefined)[] = new Array(slots).fill(undefined);
  let current: number | undefined = 0;
  let next = length - 1;
  let advanced = 0;
  for (const action of actions) {
    if (action.kind === "restore") {
      expect(kept[action.slot]).toBe(action.segment);
      current = action.segment;
      continue;
    }
    expect(current).toBe(action.segment);
    if (action.kind === "store") {
      expect(action.slot).toBeLessThan(slots);
      kept[action.slot] = current;
    } else if (action.kind === "advance") {
      current = action.segment + 1;
      advanced++;
    } else {
      expect(action.segment).toBe(next--);
    }
  }
  expect(next).toBe(-1);
  return advanced;
}

test("advances is the formula", () => {
  for (let l = 1; l <= 60; l++) {
    for (let s = 1; s <= 60; s++) expect(advances(l, s)).toBe(formula(l, s));
  }
  for (const [l, s] of [
    [1000, 50],
    [1000, 10],
    [1000, 999],
    [5000, 1],
    [100_000, 20],
  ])
    expect(advances(l, s)).toBe(formula(l, s));
});

test("the figures of the theory page", () => {
  expect(advances(1000, 50)).toBe(1948);
  expect(advances(1000, 10)).toBe(3636);
});

test("no plan needs less: advances is the least over all ways to split", () => {
  const least = new Map<string, number>();
  const search = (l: number, s: number): number => {
    if (l === 1) return 0;
    if (s === 1) return (l * (l - 1)) / 2;
    const key = `${l},${s}`;
    let best = least.get(key);
    if (best === undefined) {
      best = Number.POSITIVE_INFINITY;
      for (let m = 1; m < l; m++) best = Math.min(best, m + search(l - m, s - 1) + search(m, s));
      least.set(key, best);
    }
    return best;
  };
  for (let l = 1; l <= 40; l++) for (let s = 1; s <= 12; s++) expect(advances(l, s)).toBe(search(l, s));
});

test("a schedule reverses every segment once, from the last to the first, and advances as often as it must", () => {
  for (let l = 1; l <= 30; l++) {
    for (const s of [1, 2, 3, 5, l, l + 3]) expect(play(schedule(l, s), l, s)).toBe(advances(l, s));
  }
  expect(play(schedule(1000, 10), 1000, 10)).toBe(3636);
});

test("a planted error: a schedule that keeps a state too late is caught", () => {
  const actions = schedule(8, 2).map(
    (action): Action =>
      action.kind === "store" && action.slot === 1 ? { ...action, segment: action.segment + 1 } : action,
  );
  expect(() => play(actions, 8, 2)).toThrow();
});

test.each([0, -1, 1.5, Number.NaN])("a length or a number of slots of %s is refused", (value) => {
  for (const of of [advances, schedule]) {
    expect(() => of(value, 1)).toThrow(`schedule: option length is ${value}, expected a positive integer`);
    expect(() => of(1, value)).toThrow(`schedule: option slots is ${value}, expected a positive integer`);
  }
});
