/** The line width and the digits after the point of NumPy's default print options. */
const LINE_WIDTH = 75;
const PRECISION = 8;

/**
 * A float64 matrix as NumPy's `print` shows it with its default options: `[[ 0.5 ]⏎ [-0.25]]`.
 *
 * `values` holds `rows`·`columns` numbers row by row. The rules are those of `numpy.core.arrayprint` (NumPy 1.14 on):
 * at most eight digits after the point, as few as tell the number apart; powers of ten when the largest magnitude is at least 1e8,
 * the smallest below 1e-4 or their ratio above 1000; one width for all numbers; long rows wrap at 75 characters.
 * Matrices above 1000 entries, which NumPy abbreviates, are printed whole.
 */
export function numpyText(values: ArrayLike<number>, rows: number, columns: number): string {
  const words = numpyWords(Array.from(values));
  const lines: string[] = [];
  for (let row = 0; row < rows; row++) {
    lines.push(` [${wrap(words.slice(row * columns, (row + 1) * columns))}]`);
  }
  return `[${lines.join("\n").slice(1)}]`;
}

/** Joins the words of one row; a line that would pass the width is broken and indented by two. */
function wrap(words: readonly string[]): string {
  let text = "";
  let line = "  ";
  for (const [i, word] of words.entries()) {
    // Inside two pairs of brackets, whose closing ones need a place each.
    if (i > 0 && line.length + word.length > LINE_WIDTH - 2) {
      text += `${line.trimEnd()}\n`;
      line = "  ";
    }
    line += i < words.length - 1 ? `${word} ` : word;
  }
  return (text + line).slice(2);
}

/** All numbers in one notation and one width. */
function numpyWords(values: readonly number[]): string[] {
  const finite = values.filter(Number.isFinite);
  const write = needsPowersOfTen(finite) ? scientific(finite) : positional(finite);
  const words = values.map((value) => (Number.isFinite(value) ? write(value) : special(value)));
  const width = words.reduce((widest, word) => Math.max(widest, word.length), 0);
  return words.map((word) => word.padStart(width));
}

function special(value: number): string {
  return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
}

function needsPowersOfTen(finite: readonly number[]): boolean {
  const magnitudes = finite.filter((value) => value !== 0).map(Math.abs);
  if (magnitudes.length === 0) return false;
  const largest = magnitudes.reduce((a, b) => Math.max(a, b));
  const smallest = magnitudes.reduce((a, b) => Math.min(a, b));
  return largest >= 1e8 || smallest < 1e-4 || largest / smallest > 1000;
}

/** `0.5 `, `12.25`: as many places behind the point as the longest needs, filled with spaces. */
function positional(finite: readonly number[]): (value: number) => string {
  const parts = (value: number): [string, string] => {
    const size = Math.abs(value);
    const [whole, fraction] = toEven(size.toFixed(PRECISION), size.toFixed(60), PRECISION).split(".");
    return [minus(value) + whole, fraction!.replace(/0+$/, "")];
  };
  const places = finite.reduce((most, value) => Math.max(most, parts(value)[1].length), 0);
  return (value) => {
    const [whole, fraction] = parts(value);
    return `${whole}.${fraction.padEnd(places)}`;
  };
}

/** `5.00e-01`, `1.25e+01`: as many digits behind the point as the longest needs, filled with zeros. */
function scientific(finite: readonly number[]): (value: number) => string {
  const digitsOf = (value: number): number => {
    const shortest = fractionOf(value.toExponential());
    return shortest.length <= PRECISION
      ? shortest.length
      : fractionOf(value.toExponential(PRECISION)).replace(/0+$/, "").length;
  };
  const places = finite.reduce((most, value) => Math.max(most, digitsOf(value)), 0);
  const powers = finite.map((value) => value.toExponential().split("e")[1]!.length - 1);
  const powerPlaces = powers.reduce((most, length) => Math.max(most, length), 2);
  return (value) => {
    const size = Math.abs(value);
    const [rounded, power] = size.toExponential(places).split("e") as [string, string];
    const digits = toEven(rounded, size.toExponential(100), places);
    const point = places === 0 ? "." : "";
    return `${minus(value)}${digits}${point}e${power[0]}${power.slice(1).padStart(powerPlaces, "0")}`;
  };
}

const minus = (value: number): string => (value < 0 || Object.is(value, -0) ? "-" : "");

const fractionOf = (text: string): string => /\.(\d+)/.exec(text)?.[1] ?? "";

/** JavaScript rounds a number exactly between two of the places away from zero, NumPy to the even digit. */
function toEven(rounded: string, exact: string, places: number): string {
  const digits = exact.split("e")[0]!;
  const cut = digits.indexOf(".") + 1 + places;
  if (places === 0 || !/^50*$/.test(digits.slice(cut))) return rounded;
  return Number(digits[cut - 1]) % 2 === 0 ? digits.slice(0, cut) : rounded;
}
