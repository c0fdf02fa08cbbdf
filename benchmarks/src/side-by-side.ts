/** Milliseconds of one call of each candidate. */
export type Timings = Record<string, number>;

/**
 * Times candidates side by side: in each round every one gets its turn, long enough for the clock, in changing order;
 * the figure is the median over the rounds. So a disturbance of the machine hits all alike.
 */
export function sideBySide(
  candidates: Readonly<Record<string, () => void>>,
  { rounds = 9, turn = 40 }: { rounds?: number; turn?: number } = {},
): Timings {
  const names = Object.keys(candidates);
  const all: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, []]));
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = callsFor(candidates[name], turn);
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < names.length; i++) {
      const name = names[(i + round) % names.length];
      all[name].push(time(candidates[name], counts[name]));
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(all[name])]));
}

/** Calls that take about `turn` milliseconds, after a warm-up. */
function callsFor(run: () => void, turn: number): number {
  let calls = 1;
  for (;;) {
    const each = time(run, calls);
    if (each * calls >= turn / 4) return Math.max(1, Math.round(turn / each));
    calls *= 2;
  }
}

function time(run: () => void, calls: number): number {
  const start = performance.now();
  for (let i = 0; i < calls; i++) run();
  return (performance.now() - start) / calls;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
