/** At most about `count` round numbers from `low` to `high`, 1, 2 or 5 times a power of ten apart. */
export function roundTicks(low: number, high: number, count: number): readonly number[] {
  const rough = (high - low) / Math.max(1, count);
  if (!(rough > 0) || !Number.isFinite(rough)) return [low];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  return multiples(step, low, high).map((value) => Number(value.toPrecision(12)));
}

/** At most about `count` whole exponents from `low` to `high`; 0 is among them if it lies between. */
export function decadeTicks(low: number, high: number, count: number): readonly number[] {
  const step = [1, 2, 5, 10, 20, 50, 100].find((each) => (high - low) / each <= count) ?? 200;
  return multiples(step, low, high);
}

function multiples(step: number, low: number, high: number): number[] {
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step || 0);
}
