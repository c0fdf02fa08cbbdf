import { View } from "@unroll/kernels";
import { harmonics } from "@unroll/train";
import { partOfDay, partOfYear, weekday } from "./time.ts";

/** What is known of a moment in advance, and given to the network as inputs. */
export interface CalendarSettings {
  /** Which of the seven days of the week it is. */
  readonly weekday: boolean;
  /** Sines and cosines of the year: once, twice, … a year. */
  readonly yearly: number;
  /** The same of the day. */
  readonly daily: number;
}

/** Number of inputs. */
export function calendarSize({ weekday, yearly, daily }: CalendarSettings): number {
  return (weekday ? 7 : 0) + 2 * yearly + 2 * daily;
}

/** A row of inputs for each moment: seven of weekdays, then harmonics of the year, then of the day. */
export function calendarOf(times: Float64Array, settings: CalendarSettings): View {
  const columns = calendarSize(settings);
  const calendar = new View(new Float64Array(times.length * columns), 0, times.length, columns);
  const { yearly, daily } = settings;
  let at = 0;
  if (settings.weekday) {
    for (const [t, time] of times.entries()) calendar.data[t * columns + weekday(time)] = 1;
    at += 7;
  }
  for (const [count, part] of [
    [yearly, partOfYear],
    [daily, partOfDay],
  ] as const) {
    if (count === 0) continue;
    const waves = harmonics(times.map(part), count);
    for (let t = 0; t < times.length; t++)
      calendar.data.set(waves.data.subarray(t * waves.columns, (t + 1) * waves.columns), t * columns + at);
    at += waves.columns;
  }
  return calendar;
}
