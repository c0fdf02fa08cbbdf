/** How much time lies between two rows: so many milliseconds, or months, which have no fixed length. */
export type TimeStep = { readonly months: number } | { readonly milliseconds: number };

const DAY = 86_400_000;

/**
 * A moment as milliseconds since 1970 in UTC: `2015-12-31`, `2015-12`, `2015/12/31`, with an hour `2015-12-31 18:00`,
 * `…T18:00:00`, `…Z` or a time zone. Undefined if it is none.
 */
export function parseTime(text: string): number | undefined {
  const match = TIME.exec(text.trim());
  if (!match) return undefined;
  const [, year, , month, day = "01", hour = "00", minute = "00", second = "00", zone = "Z"] = match;
  const date = `${year}-${month!.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const value = Date.parse(`${date}T${hour.padStart(2, "0")}:${minute}:${second}${zone}`);
  // A day that the month does not have would be taken for one of the next month.
  return new Date(`${date}T00:00:00Z`).getUTCDate() === Number(day) ? value : undefined;
}

const TIME =
  /^(\d{4})([-/])(\d{1,2})(?:\2(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?(Z|[+-]\d{2}:\d{2})?)?)?$/;

/** The usual distance of rows: the median, a month if it is as long as one. Undefined for less than two rows. */
export function stepOf(times: readonly number[]): TimeStep | undefined {
  const distances = times.slice(1).map((time, i) => time - times[i]!);
  if (distances.length === 0) return undefined;
  const median = distances.sort((a, b) => a - b)[distances.length >> 1]!;
  const days = median / DAY;
  for (const months of [1, 3, 6, 12]) if (days >= 28 * months && days <= 31 * months) return { months };
  return { milliseconds: median };
}

/** So many steps later. A month after the 31st comes the last day of a shorter month. */
export function addStep(time: number, step: TimeStep, count = 1): number {
  if ("milliseconds" in step) return time + count * step.milliseconds;
  const date = new Date(time);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + count * step.months];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), lastDay)) + (((time % DAY) + DAY) % DAY);
}

/** Monday is 0. */
export function weekday(time: number): number {
  return (new Date(time).getUTCDay() + 6) % 7;
}

/** Where in the year a moment stands, from 0 to below 1. */
export function partOfYear(time: number): number {
  const year = new Date(time).getUTCFullYear();
  const start = Date.UTC(year, 0, 1);
  return (time - start) / (Date.UTC(year + 1, 0, 1) - start);
}

/** Where in the day a moment stands, from 0 to below 1. */
export function partOfDay(time: number): number {
  return (((time % DAY) + DAY) % DAY) / DAY;
}

/** As short as the step permits: `2015-12`, `2015-12-31`, `2015-12-31 18:00`. */
export function timeText(time: number, step: TimeStep | undefined): string {
  const text = new Date(time).toISOString();
  if (step && "months" in step) return text.slice(0, 7);
  return step && step.milliseconds % DAY !== 0 ? text.slice(0, 16).replace("T", " ") : text.slice(0, 10);
}
