/** A number to be read by people: two significant digits, as "0.034", "12", "1.3e+5". */
export function rounded(value: number): string {
  if (!Number.isFinite(value))
    return Number.isNaN(value) ? "not a number" : value > 0 ? "infinity" : "-infinity";
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size >= 99.5 && size < 10_000) return String(Math.round(value));
  if (size < 1e-4 || size >= 10_000) return value.toExponential(1).replace(".0e", "e");
  return String(Number(value.toPrecision(2)));
}
