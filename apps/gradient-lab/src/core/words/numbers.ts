/** A number to be read by people: two significant digits, as "0.034", "12", "1.3e+5". */
export function rounded(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "no value" : value > 0 ? "infinity" : "-infinity";
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size >= 99.5 && size < 9_999.5) return grouped(value);
  if (size < 1e-4 || size >= 9_999.5) return value.toExponential(1).replace(".0e", "e");
  return String(Number(value.toPrecision(2)));
}

/** The same for a number given by its logarithm to base 10, which may lie beyond what numbers can be: "4.2e-400". */
export function roundedPower(log10: number): string {
  if (Math.abs(log10) < 300 || !Number.isFinite(log10)) return rounded(10 ** log10);
  const exponent = Math.floor(log10);
  const mantissa = (10 ** (log10 - exponent)).toFixed(1);
  return mantissa === "10.0" ? `1e${exponent + 1}` : `${mantissa.replace(".0", "")}e${exponent}`;
}

/** How much of a whole it is: "3 %", "1/12,000", "13 times"; from its logarithm to base 10. */
export function portion(log10: number): string {
  if (log10 === Number.NEGATIVE_INFINITY) return "nothing";
  if (Number.isNaN(log10)) return "no gradient";
  if (log10 < -3) return log10 > -7 ? `1/${grouped(10 ** -log10)}` : `1/${powerOfTen(-log10)}`;
  if (log10 < 0.02) return `${rounded(100 * 10 ** log10)} %`;
  return log10 < 7 ? `${largeRounded(10 ** log10)} times` : `${powerOfTen(log10)} times`;
}

/** The nearest power of ten: "10¹²"; from a logarithm to base 10. */
export function powerOfTen(log10: number): string {
  return `10${Math.round(log10)
    .toFixed(0)
    .replace(/[-\d]/g, (sign) => RAISED[sign])}`;
}

const RAISED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Array.from("⁰¹²³⁴⁵⁶⁷⁸⁹", (sign, digit) => [digit, sign])),
  "-": "⁻",
};

/** "12 steps", "1 step". */
export function count(value: number, word: string): string {
  const shown = rounded(value);
  return `${shown} ${word}${shown === "1" ? "" : "s"}`;
}

function largeRounded(value: number): string {
  return value < 99.5 ? rounded(value) : grouped(value);
}

/** Two significant digits, thousands apart: "12,000". */
function grouped(value: number): string {
  return Number(value.toPrecision(2))
    .toFixed(0)
    .replace(/\B(?=(\d{3})+$)/g, ",");
}
