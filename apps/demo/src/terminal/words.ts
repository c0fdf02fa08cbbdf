/** 2.2534 → `2.253`. */
export function bitsText(bits: number): string {
  return bits.toFixed(3);
}

/** Three significant digits: `0.0123`, `1.20`, `4.50e+6`. */
export function shortNumber(value: number): string {
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-4 || size >= 1e5) ? value.toExponential(2) : value.toPrecision(3);
}

/** 1191933 → `1,191,933`. */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** 0.8241 → `82.4`; a dash for what is no number. */
export function percentText(part: number, digits = 1): string {
  return Number.isNaN(part) ? "-" : (100 * part).toFixed(digits);
}

/** 75 → `1:15`, 3700 → `1:01:40`. */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (part: number): string => String(part).padStart(2, "0");
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}:${two(whole % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`;
}

/** Text on one line: line ends and control characters become spaces, the rest is cut to `width` with three dots. */
export function oneLine(text: string, width: number): string {
  const characters = Array.from(text.replace(/[\s\p{C}]+/gu, " ").trim());
  return characters.length <= width ? characters.join("") : `${characters.slice(0, width - 3).join("")}...`;
}

const BARS = "▁▂▃▄▅▆▇█";

/** The values as bars between their smallest and largest. */
export function sparkline(values: readonly number[]): string {
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const span = values.reduce((a, b) => Math.max(a, b), low) - low;
  return values.map((value) => BARS[span > 0 ? Math.round(((value - low) / span) * 7) : 0]).join("");
}
